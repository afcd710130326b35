printf 'fields:\n  events:\n    hall: {default: Main}\n    tags: {default: [fair]}\n' >galley.yaml
