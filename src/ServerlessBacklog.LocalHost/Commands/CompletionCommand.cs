using System.CommandLine;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog completion SHELL</c>: prints the script that lets a shell complete our commands and options.</summary>
internal static class CompletionCommand
{
    private const string Description = """
        Print a completion script for your shell.

        Examples:
          source <(backlog completion bash)
          backlog completion zsh > ~/.zfunc/_backlog
          backlog completion pwsh | Out-String | Invoke-Expression
        """;

    private static readonly Dictionary<string, string> Scripts = new()
    {
        ["bash"] = """
            _backlog_complete() {
              local IFS=$'\n'
              COMPREPLY=( $(compgen -W "$(backlog "[suggest:${COMP_POINT}]" "${COMP_LINE}" 2>/dev/null)" -- "${COMP_WORDS[COMP_CWORD]}") )
            }
            complete -o default -F _backlog_complete backlog
            """,
        ["zsh"] = """
            #compdef backlog
            _backlog() {
              local -a found
              found=("${(@f)$(backlog "[suggest:${CURSOR}]" "${BUFFER}" 2>/dev/null)}")
              compadd -a found
              _files
            }
            compdef _backlog backlog
            """,
        ["pwsh"] = """
            Register-ArgumentCompleter -Native -CommandName backlog -ScriptBlock {
              param($word, $ast, $position)
              backlog "[suggest:$position]" "$ast" | Where-Object { $_ -like "$word*" } | ForEach-Object {
                [System.Management.Automation.CompletionResult]::new($_, $_, 'ParameterValue', $_)
              }
            }
            """,
    };

    public static Command Create()
    {
        var shell = new Argument<string>("SHELL") { Description = "bash, zsh or pwsh." };
        shell.AcceptOnlyFromAmong([.. Scripts.Keys]);
        var command = new Command("completion", Description) { shell };
        command.SetAction(parsed => Console.WriteLine(Scripts[parsed.GetRequiredValue(shell)]));
        return command;
    }
}
