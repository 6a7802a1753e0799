using System.Net;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Live;
using ServerlessBacklog.Adapters.Tests.Reports;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Tests.Live;

public sealed class LivePageTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</script><img src=x onerror=alert(1)>")]
    [InlineData("\"><svg onload='alert(1)'>")]
    [InlineData("**<b onmouseover=alert(1)>bold</b>** `<i>code</i>`")]
    public async Task Markup_from_a_tracker_stays_text(string text)
    {
        var calm = Names(await NowAsync(FilledWith("calm")));

        var html = await NowAsync(FilledWith(text));

        Names(html).ShouldBe(calm, "the text adds no tag and ends none");
        Page.Tags(html).ShouldAllBe(t => !Regex.IsMatch(Regex.Replace(t, "\"[^\"]*\"", ""), @"\son\w+"));
        WebUtility.HtmlDecode(html).ShouldContain(text);

        // Bold words and code of our own comment are the only tags that its text may bring.
        static IEnumerable<string> Names(string html) =>
            Page.Tags(html).Where(t => t is not ("<b>" or "</b>" or "<code>" or "</code>")).Select(t => Regex.Match(t, "^</?[^ >]+").Value);
    }

    [Fact]
    public async Task Bold_words_lists_and_marks_of_our_comment_are_shown_as_they_are_meant()
    {
        var html = await NowAsync(FilledWith("x", ours: "**Triage:** 1 question\n\n- Which `version`?\n\n---\n\n*automated*\n\n<!-- serverless-backlog -->"));

        html.ShouldContain("<b>Triage:</b> 1 question");
        html.ShouldContain("<code>version</code>");
        html.ShouldContain("<hr>");
        html.ShouldNotContain("*automated*");
        html.ShouldNotContain("serverless-backlog --");
    }

    [Fact]
    public async Task A_stop_and_an_alarm_are_said_and_a_decision_is_followed_to_what_was_written()
    {
        var html = WebUtility.HtmlDecode(await NowAsync(FilledWith("why")));

        html.ShouldContain("Writing is stopped");
        html.ShouldContain("a person is asked");
        html.ShouldContain("comment");
        html.ShouldContain("issues.opened");
    }

    [Fact]
    public async Task Without_a_played_tracker_the_program_has_the_page_to_itself()
    {
        var html = await NowAsync(FilledWith("x") with { Played = null });

        html.ShouldNotContain("What happens on the tracker");
        html.ShouldContain("What ServerlessBacklog does");
    }

    [Fact]
    public async Task The_page_runs_its_own_script_asks_this_program_alone_and_reloads_without_scripts()
    {
        using var stream = new MemoryStream();
        await LiveHtml.RenderPageAsync(FilledWith("x"), stream, TestContext.Current.CancellationToken);
        var html = Encoding.UTF8.GetString(stream.ToArray());

        var script = Regex.Match(html, "<script>(.*?)</script>", RegexOptions.Singleline).Groups[1].Value;
        LiveAssets.ContentSecurityPolicy.ShouldContain($"script-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(script)))}'");
        LiveAssets.ContentSecurityPolicy.ShouldContain("connect-src 'self'");
        html.ShouldContain("<noscript><meta http-equiv=\"refresh\"");
        Page.Attributes(html, "src").ShouldBeEmpty();
        LiveAssets.Style.ShouldNotContain("url(");
    }

    private static async Task<string> NowAsync(LiveView view)
    {
        using var stream = new MemoryStream();
        await LiveHtml.RenderNowAsync(view, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A moment in which <paramref name="text"/> stands in every place that a tracker or a person fills.</summary>
    private static LiveView FilledWith(string text, string? ours = null)
    {
        var item = An.Ref(1);
        var told = new Delivery { Tracker = "github", Id = "1", Event = "issues.opened", ReceivedAt = An.Instant, State = DeliveryState.Failed, Why = text, Item = item, Backlog = "owner/repo" };
        var decision = new Decision { Id = "d", Item = item, ItemHash = "h", PolicyVersion = "p", DecidedAt = An.Instant, Verdict = Verdict.Ask, Reason = text };
        var change = new ChangeOutcome("d:comment", new AddComment(text), ChangeState.NotApplied, text);
        return new LiveView
        {
            At = An.Instant,
            Played = new PlayedView(
                text, [new PlayedAct(An.Instant, text, text, IsAsExpected: false)], 12,
                [new PlayedIssue(1, text, text, text, IsOpen: false, text, [text], [new PlayedComment(text, text, false, false), new PlayedComment(text, ours ?? text, true, true)])], 3),
            Items = [new LiveItem(item, text, "/backlogs/x", [told], decision, IsAsked: true, [new LiveChange(An.Instant, change, text)])],
            Others = [told with { Event = text }],
            Deliveries = new DeliveryCounts(1, An.Instant, 2, new Dictionary<string, int>()),
            Alarms = [new Alarm("a", text, An.Instant)],
            WritesStopped = new WriteStop(text, An.Instant),
        };
    }
}
