rm -rf .git
