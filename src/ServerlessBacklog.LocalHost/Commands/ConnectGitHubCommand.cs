using System.CommandLine;
using System.CommandLine.Parsing;
using ServerlessBacklog.Adapters.Trackers.GitHub.Setup;
using ServerlessBacklog.LocalHost.Runs;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog connect github</c>: one repository's webhook, or a new app for many.</summary>
internal static class ConnectGitHubCommand
{
    private const string Description = """
        Set up the webhook by which GitHub tells of issues, have GitHub try it, and say whether all is right. With an app its webhook is set
        and its installation looked at; with a token the repository gets a webhook, or the one that is there is set right. A secret is made
        when there is none, and kept in a file that only you can read. Running it again changes nothing more.

        --new-app makes a GitHub App of your own: a page of this computer opens, one click fills in GitHub's form, and its keys are kept here.

        Examples:
          backlog connect github --new-app --url https://my-app.azurewebsites.net
          backlog connect github --new-app --url https://my-app.azurewebsites.net --org my-company
          backlog connect github owner/repo --url https://my-app.azurewebsites.net
          backlog connect github owner/repo --check

        Guide: docs/github-app.md
        """;

    public static Command Create()
    {
        var parts = new Parts();
        var command = new Command("github", Description)
        {
            parts.Repository, parts.Url, parts.Check, parts.NewApp, parts.Org, parts.Name, parts.Public, parts.NoBrowser, parts.Json, parts.DataDir, parts.Storage,
        };
        command.Validators.Add(parts.Validate);
        command.SetRun(async (parsed, cancellation) =>
        {
            var (dataDir, storage) = (parsed.GetValue(parts.DataDir)!, parsed.GetValue(parts.Storage));
            var run = new ConnectGitHub(dataDir, storage, parsed.GetValue(parts.Json));
            if (parsed.GetValue(parts.Check))
                return await run.CheckAsync(parsed.GetValue(parts.Repository)!, cancellation);
            Uri url;
            try
            {
                url = HookAddress.Parse(parsed.GetValue(parts.Url)!, run.Options.ApiBaseUrl);
            }
            catch (UserErrorException wrong)
            {
                await Console.Error.WriteLineAsync($"backlog: {wrong.Message}");
                return BacklogCommand.WrongCall;
            }

            return parsed.GetValue(parts.NewApp)
                ? await new NewGitHubApp(dataDir, storage, parsed.GetValue(parts.Json), !parsed.GetValue(parts.NoBrowser)).RunAsync(
                    new AppWish(parsed.GetValue(parts.Name) ?? NewGitHubApp.NameFor(url), url, parsed.GetValue(parts.Org), parsed.GetValue(parts.Public)), cancellation)
                : await run.ConnectAsync(parsed.GetValue(parts.Repository)!, url, cancellation);
        });
        return command;
    }

    private sealed class Parts
    {
        public Argument<string?> Repository { get; } = new("OWNER/REPO")
        {
            Description = "The repository.",
            Arity = ArgumentArity.ZeroOrOne,
            CustomParser = result =>
            {
                try
                {
                    return result.Tokens is [var text] ? GitHubConnector.ParseRepository(text.Value) : null;
                }
                catch (UserErrorException wrong)
                {
                    result.AddError(wrong.Message);
                    return null;
                }
            },
        };

        public Option<string?> Url { get; } = new("--url") { Description = "Where the host is to be reached: the address of the function app, or of a tunnel.", HelpName = "ADDRESS" };

        public Option<bool> Check { get; } = new("--check") { Description = "Change nothing: look at all that the repository needs, and say what is wrong." };

        public Option<bool> NewApp { get; } = new("--new-app") { Description = "Make a GitHub App." };

        public Option<string?> Org { get; } = new("--org") { Description = "With --new-app: the organization that is to own it. Default: your own account.", HelpName = "ORG" };

        public Option<string?> Name { get; } = new("--name") { Description = $"With --new-app: its name, at most {AppWish.LongestName} characters. Default: from --url.", HelpName = "NAME" };

        public Option<bool> Public { get; } = new("--public") { Description = "With --new-app: others may install it too." };

        public Option<bool> NoBrowser { get; } = new("--no-browser") { Description = "With --new-app: print the page's address and open nothing." };

        public Option<bool> Json { get; } = CommonOptions.Json();

        public Option<string> DataDir { get; } = CommonOptions.DataDir();

        public Option<string?> Storage { get; } = CommonOptions.Storage();

        public void Validate(CommandResult call)
        {
            var (hasRepository, hasUrl, isNewApp, isCheck) =
                (call.GetResult(Repository)?.Tokens.Count > 0, call.GetResult(Url) is not null, call.GetResult(NewApp) is not null, call.GetResult(Check) is not null);
            if (isNewApp && (hasRepository || isCheck))
                call.AddError("--new-app makes an app for many repositories: leave out OWNER/REPO and --check. Install the app, then connect the repository.");
            else if (!isNewApp && !hasRepository)
                call.AddError("Name the repository, OWNER/REPO, or make an app with --new-app.");
            else if (isCheck && hasUrl)
                call.AddError("--check changes nothing and takes no --url.");
            else if (!isCheck && !hasUrl)
                call.AddError("Say where the host is to be reached: --url https://my-app.azurewebsites.net. With --check nothing is changed and no --url is needed.");
            else if (!isNewApp && (call.GetResult(Org) ?? (SymbolResult?)call.GetResult(Name) ?? call.GetResult(Public) ?? (SymbolResult?)call.GetResult(NoBrowser)) is not null)
                call.AddError("--org, --name, --public and --no-browser go with --new-app.");
            if (call.GetResult(Name) is { Tokens: [var name] } && name.Value.Trim().Length is 0 or > AppWish.LongestName)
                call.AddError($"--name takes 1 to {AppWish.LongestName} characters.");
            if (call.GetResult(Org) is { Tokens: [var org] } && !(org.Value.Length is > 0 and < 40 && org.Value.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_')))
                call.AddError("--org is no organization on GitHub: letters, digits and hyphens.");
        }
    }
}
