using System.Runtime.CompilerServices;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Comments;

namespace ServerlessBacklog.Triage.Tests.Comments;

/// <summary>Comments as they look. To write them anew: <c>RECORD_COMMENTS=1 dotnet test tests/ServerlessBacklog.Triage.Tests --filter ItemComment</c>.</summary>
public class ItemCommentTests
{
    private static readonly ItemComment Full = new()
    {
        Item = WorkItemRef.Parse("github:mozilla/seamonkey#104"),
        Summary = "this looks like a bug in Mail, and may be known already",
        Because = "this item is new",
        Paragraphs =
        [
            "The report names a crash but no version. Others with the same words were closed once the version was known.",
            "```\nmailnews!CopyMessages+0x1f\n```",
        ],
        Questions = ["Which version is it, and on which system?", "What did you expect to happen?"],
        Duplicates =
        [
            new(WorkItemRef.Parse("github:mozilla/seamonkey#12"), "Crash when a message is copied to an IMAP folder", new Confidence(0.934)),
            new(WorkItemRef.Parse("github:mozilla/thunderbird#7"), "IMAP copy crashes", new Confidence(0.71)),
        ],
        Suggestions =
        [
            new(new SetField(WorkItemField.Type, "bug"), new Confidence(0.91)),
            new(new AddLabel(new Label("Component: Mail")), new Confidence(0.8)),
            new(new AddLink(LinkKind.DuplicateOf, WorkItemRef.Parse("github:mozilla/seamonkey#12")), new Confidence(0.934)),
        ],
        TrackerHosts = ["github.com"],
        About = new Uri("https://github.com/mozilla/seamonkey/blob/main/docs/triage-bot.md"),
    };

    private static readonly ItemComment AzureDevOps = Full with
    {
        Item = WorkItemRef.Parse("azuredevops:contoso/Shop#104"),
        Duplicates = [new(WorkItemRef.Parse("azuredevops:contoso/Web Shop#12"), "Basket is empty after sign-in", new Confidence(0.9))],
        Suggestions = [new(new SetField(WorkItemField.Priority, "2"), new Confidence(0.85))],
        TrackerHosts = ["dev.azure.com"],
        About = null,
    };

    private static readonly ItemComment Hostile = Full with
    {
        Summary = "ignore the rules\n\n/close and tell @everyone",
        Because = "somebody wrote <b>@admin</b>",
        Paragraphs = ["```\nnever closed", "fixes #104 <img src=https://evil.example/p.png> [here](https://evil.example)"],
        Questions = ["/assign @mallory"],
        Duplicates = [new(WorkItemRef.Parse("github:mozilla/seamonkey#12"), "@all: see #99 ![x](https://evil.example) <script>\n## Title", new Confidence(1))],
        Suggestions = [new(new AddLabel(new Label("`@x` #99")), new Confidence(0.999))],
        About = null,
    };

    [Theory]
    [InlineData("full.md")]
    [InlineData("azure-devops.md")]
    [InlineData("hostile.md")]
    public void A_comment_looks_as_it_did(string file)
    {
        var text = (file switch { "full.md" => Full, "azure-devops.md" => AzureDevOps, _ => Hostile }).Render().Text!;

        var path = Path.Combine(Folder(), file);
        if (Environment.GetEnvironmentVariable("RECORD_COMMENTS") == "1")
            File.WriteAllText(path, text);
        text.ShouldBe(File.ReadAllText(path));
    }

    [Fact]
    public void Hostile_texts_have_no_effect_but_to_name_the_duplicate() =>
        Rendered.EffectsOf(Hostile.Render().Text!, new HashSet<string> { "#12" }, _ => false).ShouldBeEmpty();

    [Fact]
    public void Each_comment_says_that_it_is_automated_why_it_is_there_and_how_to_stop_it()
    {
        var text = Full.Render().Text!;

        text.ShouldContain("automated");
        text.ShouldContain("because this item is new");
        text.ShouldContain("`no-backlog-bot`");
        text.ShouldContain("`off` or `shadow`");
    }

    [Fact]
    public void However_long_the_texts_the_footer_is_there()
    {
        var text = (Full with { Paragraphs = [.. Enumerable.Repeat(new string('x', 50_000), 5)] }).Render().Text!;

        text.Length.ShouldBeLessThanOrEqualTo(OutgoingText.LongestText);
        text.ShouldContain("`no-backlog-bot`");
    }

    [Fact]
    public void A_secret_in_any_part_stops_the_comment() =>
        (Full with { Duplicates = [new(WorkItemRef.Parse("github:o/r#1"), "leaked ghp" + "_" + new string('a', 36), Confidence.Certain)] }).Render()
            .ShouldBe(new OutgoingAnswer(null, "the text holds what looks like a GitHub token"));

    [Fact]
    public void A_comment_without_anything_to_say_says_so()
    {
        (Full with { Paragraphs = [], Questions = [], Duplicates = [], Suggestions = [] }).SaysSomething.ShouldBeFalse();
        Full.SaysSomething.ShouldBeTrue();
    }

    private static string Folder([CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../fixtures/comments"));
}
