# What fish offers: completes each line of standard input with the script $argv[1], and writes for
# each a line `> LINE` and then what is offered, one to a line.
source $argv[1]
or exit 70
while read --line line
    echo "> $line"
    complete -C $line
end
