# Refused, and killed while the remote decides.
hook=../site.git/hooks/pre-receive
printf '#!/bin/sh\nexit 1\n' >$hook
chmod +x $hook
"$GALLEY" publish content/en/posts/how-a-galley-travels
rm $hook
