using System.CommandLine;
using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.LocalHost.Output;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.LocalHost.Commands;

/// <summary><c>backlog digest</c>: what people are told of a backlog, in the forms in which they get it.</summary>
internal static class DigestCommand
{
    private const string Description = """
        Say what people are told of a backlog: the manager's week, the team's day, one person's next items. Nothing is sent (docs/digests.md).

        Examples:
          backlog digest
          backlog digest --kind team --format card
          backlog digest --kind personal --person ada
          backlog digest --preview week.html          the e-mail as it looks, with its pictures
          backlog digest --shadow                     what the steps would have done without shadow mode
        """;

    public static Command Create()
    {
        var (dataDir, storage, backlog, json) = (CommonOptions.DataDir(), CommonOptions.Storage(), CommonOptions.Backlog(), CommonOptions.Json());
        var shadow = new Option<bool>("--shadow") { Description = "What would have been done in shadow mode, as Markdown." };
        var kind = new Option<string>("--kind") { Description = "manager, team or personal.", HelpName = "KIND", DefaultValueFactory = _ => "manager" }.AcceptOnlyFromAmong("manager", "team", "personal");
        var person = new Option<string?>("--person") { Description = "The login whom a personal digest is for.", HelpName = "LOGIN" };
        var preview = new Option<string?>("--preview") { Description = "Write the e-mail to this file, with its pictures in it.", HelpName = "F.html" };
        var format = new Option<string>("--format") { Description = "markdown, text, card (Teams), blocks (Slack) or html.", HelpName = "FORMAT", DefaultValueFactory = _ => "markdown" }
            .AcceptOnlyFromAmong("markdown", "text", "card", "blocks", "html");
        var command = new Command("digest", Description) { kind, person, preview, format, shadow, backlog, dataDir, storage, json };
        command.Validators.Add(result =>
        {
            if (result.GetValue(kind) == "personal" && string.IsNullOrWhiteSpace(result.GetValue(person)))
                result.AddError("--kind personal needs --person LOGIN.");
            if (result.GetResult(json) is not null && result.GetResult(shadow) is null)
                result.AddError("--json goes with --shadow; of the others, --format card and --format blocks are JSON.");
        });
        command.SetRun(async (parsed, cancellation) =>
        {
            await using var services = CommandRun.Services(parsed.GetValue(dataDir)!, parsed.GetValue(storage));
            var name = await CommandRun.ChooseBacklogAsync(services.GetRequiredService<IBacklogStore>(), parsed.GetValue(backlog), cancellation);
            if (parsed.GetValue(shadow))
                return await ShadowText.PrintAsync(services, name, parsed.GetValue(json), cancellation);
            var about = Enum.Parse<DigestKind>(parsed.GetValue(kind)!, ignoreCase: true);
            var digest = await services.GetRequiredService<DigestReading>().BuildAsync(about, name, parsed.GetValue(person), window: null, cancellation)
                ?? throw new UserErrorException("There is no such digest.");
            if (parsed.GetValue(preview) is not { } file)
            {
                Console.Out.Write(Rendered(digest, parsed.GetValue(format)!));
                return BacklogCommand.Done;
            }

            await File.WriteAllTextAsync(file, DigestPreview.Of(DigestEmail.Render(digest)), cancellation);
            await Console.Error.WriteLineAsync($"Written to {Show.OneLine(file)}.");
            return BacklogCommand.Done;
        });
        return command;
    }

    private static string Rendered(Digest digest, string format) => format switch
    {
        "text" => DigestText.Render(digest),
        "card" => AdaptiveCard.Render(digest) + "\n",
        "blocks" => BlockKit.Render(digest) + "\n",
        "html" => DigestPreview.Of(DigestEmail.Render(digest)),
        _ => DigestMarkdown.Render(digest),
    };
}
