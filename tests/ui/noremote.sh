git remote remove origin
