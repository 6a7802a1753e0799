using System.Text;
using System.Text.Json.Nodes;
using ServerlessBacklog.Adapters.Notifications.Rendering;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Testing.Digests;
using ServerlessBacklog.Triage.Digests;

namespace ServerlessBacklog.Adapters.Tests.Notifications;

/// <summary>Whatever a digest holds, each service takes what is made of it.</summary>
public sealed class LimitTests
{
    [Fact]
    public void Usual_digests_stay_within_every_limit()
    {
        foreach (var digest in SampleDigests.All())
            CheckAll(digest);
    }

    [Theory]
    [InlineData(1, 10_000)]
    [InlineData(200, 40)]
    [InlineData(2_000, 0)]
    public void What_is_too_much_is_cut_and_counted(int sections, int items)
    {
        var digest = Large(sections, items);

        CheckAll(digest);
        foreach (var (form, text) in Forms.Of(digest))
            text.ShouldContain(" more", Case.Sensitive, form);
    }

    [Fact]
    public void What_is_left_out_adds_up()
    {
        var text = DigestText.Render(Large(1, 10_000));

        var shown = text.Split('\n').Count(l => l.StartsWith("- #", StringComparison.Ordinal));
        text.ShouldContain($"… {10_000 - shown:N0} more on the page");
    }

    [Fact]
    public void The_manager_gets_the_whole_of_a_usual_week()
    {
        var digest = ManagerDigest.Build(SampleDigests.Rich());

        foreach (var (form, text) in Forms.Of(digest))
            text.ShouldNotContain("did not fit", Case.Sensitive, form);
        Encoding.UTF8.GetByteCount(AdaptiveCard.Render(digest)).ShouldBeLessThan(AdaptiveCard.MaxBytes);
    }

    internal static void CheckAll(Digest digest)
    {
        Encoding.UTF8.GetByteCount(DigestEmail.Render(digest).Html).ShouldBeLessThanOrEqualTo(100_000);
        DigestMarkdown.Render(digest).Length.ShouldBeLessThanOrEqualTo(65_536);
        CheckCard(AdaptiveCard.Render(digest));
        CheckBlocks(BlockKit.Render(digest));
    }

    private static void CheckCard(string json)
    {
        Encoding.UTF8.GetByteCount(json).ShouldBeLessThanOrEqualTo(28 * 1024);
        var message = JsonNode.Parse(json)!;
        ((string)message["type"]!).ShouldBe("message");
        var attachment = message["attachments"]!.AsArray().Single()!;
        ((string)attachment["contentType"]!).ShouldBe("application/vnd.microsoft.card.adaptive");
        var card = attachment["content"]!;
        ((string)card["type"]!).ShouldBe("AdaptiveCard");
        ((string)card["version"]!).ShouldBe("1.5");
        string[] known = ["message", "AdaptiveCard", "RichTextBlock", "TextRun", "ColumnSet", "Column", "Table", "TableRow", "TableCell", "ActionSet", "Action.OpenUrl"];
        Forms.Objects(message).Select(o => (string?)o["type"]).OfType<string>().Distinct().ShouldBeSubsetOf(known);
        Forms.Objects(message).Where(o => (string?)o["type"] == "RichTextBlock").ShouldAllBe(o => o["inlines"]!.AsArray().Count > 0);
        Forms.Objects(message).Where(o => (string?)o["type"] == "Table").ShouldAllBe(o => o["rows"]!.AsArray().All(r => r!["cells"]!.AsArray().Count <= o["columns"]!.AsArray().Count));
        Forms.Objects(message).Where(o => o["actions"] is not null).ShouldAllBe(o => o["actions"]!.AsArray().Count <= 6);
    }

    private static void CheckBlocks(string json)
    {
        json.Length.ShouldBeLessThan(13_200);
        var message = JsonNode.Parse(json)!;
        ((string)message["text"]!).ShouldNotBeNullOrWhiteSpace();
        var blocks = message["blocks"]!.AsArray();
        blocks.Count.ShouldBeInRange(1, 50);
        foreach (var block in blocks)
        {
            var type = (string)block!["type"]!;
            type.ShouldBeOneOf("header", "context", "section", "actions");
            if (type == "header")
                ((string)block["text"]!["text"]!).Length.ShouldBeInRange(1, 150);
            if (type == "section" && block["text"] is { } text)
                ((string)text["text"]!).Length.ShouldBeInRange(1, 3_000);
            foreach (var field in block["fields"]?.AsArray() ?? [])
                ((string)field!["text"]!).Length.ShouldBeInRange(1, 2_000);
            (block["fields"]?.AsArray().Count ?? 0).ShouldBeLessThanOrEqualTo(10);
            if (type == "actions")
            {
                block["elements"]!.AsArray().Count.ShouldBeInRange(1, 25);
                block["elements"]!.AsArray().ShouldAllBe(e => ((string)e!["text"]!["text"]!).Length <= 75 && ((string)e["url"]!).Length <= 3_000 && ((string)e["action_id"]!).Length <= 255);
            }
        }

        Forms.Objects(message).Select(o => (string?)o["action_id"]).OfType<string>().ShouldBeUnique();
    }

    private static Digest Large(int sections, int items) => new()
    {
        Kind = DigestKind.Team, Backlog = "shop", Title = "A long day", AsOf = An.Instant, Figures = [], Page = new Uri("https://backlog.example/shop"),
        Sections =
        [
            .. Enumerable.Range(0, sections).Select(s => new DigestSection($"Part {s}")
            {
                Lines = ["One line."],
                Items = [.. Enumerable.Range(0, items).Select(i => new DigestItem($"#{i}", $"Title {i} of {s}", new Uri($"https://github.com/owner/repo/issues/{i}"), "a note that says why"))],
                Actions = [new DigestAction("Look", new Uri("https://backlog.example/look"))],
            }),
        ],
    };
}
