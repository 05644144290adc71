# What zsh offers: completes each line of standard input in a terminal of its own, the folder $1
# holding _paritet, and writes for each a line `> LINE` and then what is offered, one to a line.
# Between them zsh writes to the file $2.
zmodload zsh/zpty zsh/zselect || exit 70
said=$2
export TERM=vt100

zpty -b shell zsh -f -i
zpty -w shell "said=${(q)said} fpath=(${(q)1} \$fpath) PS1=; stty -echo"
zpty -w shell 'setopt no_auto_list; autoload -Uz compinit && compinit -u -D'
# Every way of offering ends in compadd; -O, -A and -D only ask it.
zpty -w shell 'compadd() {
    if [[ ${@[1,(i)(-|--)]} != *-[OAD]* ]]; then
        local -a hits; builtin compadd -O hits "$@"; print -rl -- $hits >> $said
    fi
    builtin compadd "$@"
}'
# The lines are counted, so that nothing late is taken for the answer to the next.
zpty -w shell 'tab() { zle complete-word; zle kill-whole-line; print "<end $((++n))>" >> $said }'
zpty -w shell 'zle -N tab; bindkey "^I" tab; n=0; print "<end 0>" > $said'

# wait_for N: until line N is answered. What zsh writes to its terminal has to be read, or it stops
# when that is full.
wait_for() {
    local -i i
    local shown
    for ((i = 0; i < 3000; i++)); do
        while zpty -r -t shell shown; do :; done
        [[ -e $said && $(<$said) == *"<end $1>" ]] && return
        zselect -t 2
    done
    print -u2 "zsh did not answer: $line"
    exit 70
}

local -i lines=0
wait_for 0
while IFS= read -r line; do
    ((++lines))
    : > $said
    zpty -w -n shell "$line"$'\t'
    wait_for $lines
    print -r -- "> $line"
    print -r -- "${$(<$said)%<end *>}"
done
zpty -d shell
