# A program was killed while it overwrote a page in place; another one's page
# was written to since.
left=galley-7ffffff0-0123abcd
cd content/en
printf 'old text\n' >.about.md.$left.old
printf 'new text, longer\n' >.about.md.$left.new
printf 'new text\n' >about.md
: >posts/.x.md.$left
