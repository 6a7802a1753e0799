using System.Net;
using System.Text;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Adapters.Review;
using ServerlessBacklog.Adapters.Tests.Reports;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Waits;

namespace ServerlessBacklog.Adapters.Tests.Review;

public sealed class ReviewPageTests
{
    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("</pre></form><form action=https://evil.example method=post>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("@maintainers approve <b>this</b>")]
    public async Task Markup_and_mentions_from_a_tracker_stay_text(string text)
    {
        var calm = Names(await PageAsync(FilledWith("calm")));

        var html = await PageAsync(FilledWith(text));

        Names(html).ShouldBe(calm, "the text adds no tag and ends none");
        Page.Tags(html).ShouldAllBe(t => !Regex.IsMatch(Regex.Replace(t, "\"[^\"]*\"", ""), @"\son\w+"));
        WebUtility.HtmlDecode(html).ShouldContain(text);

        static IEnumerable<string> Names(string html) => Page.Tags(html).Select(t => Regex.Match(t, "^</?[^ >]+").Value);
    }

    [Fact]
    public async Task Each_ask_offers_its_changes_ticked_with_what_the_step_found()
    {
        var html = WebUtility.HtmlDecode(await PageAsync(FilledWith("Crash on save")));

        html.ShouldContain("1 ask waits for a person");
        Regex.Count(html, "name=\"slot\" value=\"[^\"]+\" checked").ShouldBe(2);
        html.ShouldContain("name=\"slot\" value=\"close\"");
        html.ShouldContain("Close as duplicate of github:owner/repo#2");
        html.ShouldContain("duplicates, 97% sure (high)");
        html.ShouldContain("href=\"/items/1\"");
        html.ShouldContain("href=\"https://example.test/1\"");
        html.ShouldContain("until 8 Jun 2026: then it is not done");
    }

    [Fact]
    public async Task Each_form_carries_the_token_and_is_posted_to_this_program()
    {
        var html = await PageAsync(FilledWith("x"));

        var forms = Page.Tags(html).Where(t => t.StartsWith("<form", StringComparison.Ordinal)).ToList();
        forms.Count.ShouldBe(5, "approve, reject, later, the batch, keep");
        Regex.Count(html, "name=\"token\" value=\"the-token\"").ShouldBe(forms.Count);
        Page.Attributes(html, "action").Distinct().ShouldBe(["/review/answer", "/review/confirm"], ignoreOrder: true);
        Page.Attributes(html, "src").ShouldAllBe(s => s.StartsWith("/assets/site.", StringComparison.Ordinal), "nothing runs that is not ours");
    }

    [Fact]
    public async Task An_announced_close_stands_apart_with_its_day()
    {
        var html = await PageAsync(FilledWith("x"));

        html.ShouldContain("Announced closes");
        html.ShouldContain("5 Jun 2026");
        html.ShouldContain("value=\"keep\"");
    }

    [Fact]
    public async Task Long_titles_are_cut_and_text_from_right_to_left_is_kept_apart()
    {
        var html = await PageAsync(FilledWith("\u05d0\u202e" + new string('x', 5_000)));

        var headings = Regex.Matches(html, "<h3.*?</h3>", RegexOptions.Singleline).Select(m => WebUtility.HtmlDecode(m.Value)).ToList();
        headings.Count.ShouldBe(2, "the ask and the announced close");
        headings.ShouldAllBe(h => !Regex.IsMatch(h, "x{300}") && h.Contains('…'));
        headings.ShouldAllBe(h => h.Contains("<bdi>\u05d0"), "each title is isolated");
    }

    [Fact]
    public async Task An_empty_queue_says_so_and_offers_no_answer()
    {
        var html = await PageAsync(FilledWith("x") with { All = 0, Waiting = 0, Asks = [], Waits = [], AllWaits = 0, Steps = [] });

        html.ShouldContain("Nothing waits for you");
        html.ShouldNotContain("<form");
    }

    [Fact]
    public async Task Whoever_is_not_signed_in_is_offered_no_answer()
    {
        var view = FilledWith("x");

        var html = await PageAsync(view with { Site = view.Site with { Person = null } });

        html.ShouldContain("nothing can be answered");
        html.ShouldContain("value=\"approve\" class=\"yes\" disabled");
        html.ShouldNotContain("value=\"reject\"");
    }

    [Fact]
    public async Task Pages_and_steps_lead_to_each_other()
    {
        var html = WebUtility.HtmlDecode(await PageAsync(FilledWith("x") with { Waiting = 120, All = 130, Page = 2, Step = "duplicates" }));

        html.ShouldContain("Page 2 of 3");
        html.ShouldContain("href=\"/review/sample?step=duplicates\"");
        html.ShouldContain("href=\"/review/sample?step=duplicates&page=3\"");
        html.ShouldContain("href=\"/review/sample\"");
    }

    [Fact]
    public async Task A_batch_is_listed_change_by_change_before_it_is_approved()
    {
        var view = FilledWith("Crash on save");
        using var stream = new MemoryStream();
        await ReviewHtml.RenderBatchAsync(new ReviewBatch(view.Site, "sample", "/review/sample", new ReviewPlace(), "the-seal", view.Asks, Gone: 1), stream, TestContext.Current.CancellationToken);
        var html = WebUtility.HtmlDecode(Encoding.UTF8.GetString(stream.ToArray()));

        html.ShouldContain("Approve 1 ask?");
        html.ShouldContain("1 close among them is announced on the item first");
        html.ShouldContain("Close as duplicate of github:owner/repo#2");
        html.ShouldContain("1 more was chosen and no longer waits");
        html.ShouldContain("name=\"seal\" value=\"the-seal\"");
        html.ShouldContain($"name=\"pick\" value=\"{view.Asks[0].Pick}\"");
    }

    /// <summary>A page in which <paramref name="text"/> stands in every place that a tracker, a model or a person fills.</summary>
    private static ReviewView FilledWith(string text)
    {
        var (item, other) = (An.Item(1, text, text) with { Url = new Uri("https://example.test/1") }, An.Item(2, text));
        var close = new Close(CloseReason.Duplicate, other.Ref);
        var lines = new Dictionary<WorkItemRef, ItemLine> { [item.Ref] = ItemLine.From(item), [other.Ref] = ItemLine.From(other) };
        var ask = new ReviewAsk(
            lines[item.Ref], "/items/1", "d1", An.Instant, An.Instant.AddDays(7),
            [
                new DecidedChange(close, StepName.Duplicates, new Confidence(0.97), Verdict.Ask, Verdict.Ask, text),
                new DecidedChange(new AddChild(text, text), StepName.Split, new Confidence(0.7), Verdict.Ask, Verdict.Ask, text),
            ],
            new Dictionary<string, string> { [StepName.Duplicates] = text },
            lines);
        var wait = new Wait
        {
            Item = other.Ref, Decision = "d2", Close = new Close(CloseReason.NotPlanned), Step = StepName.Staleness, By = text,
            NoticeAt = An.Instant.AddDays(-3), DueAt = An.Instant.AddDays(4), Text = "", State = WaitState.Waiting,
        };
        return new ReviewView
        {
            Backlog = "sample",
            Site = new Site
            {
                Token = "the-token",
                Person = new PagePerson("ada") { IsOperator = true },
                Backlog = "sample",
                Current = "review",
                Said = new ReviewSaid([new SaidLine(text, true, [text])]),
            },
            Steps = [(StepName.Duplicates, 1)],
            All = 1,
            Waiting = 1,
            Asks = [ask],
            Waits = [new ReviewWait(wait, lines[other.Ref], "/items/2")],
            AllWaits = 1,
        };
    }

    private static async Task<string> PageAsync(ReviewView view)
    {
        using var stream = new MemoryStream();
        await ReviewHtml.RenderAsync(view, stream, TestContext.Current.CancellationToken);
        return Encoding.UTF8.GetString(stream.ToArray());
    }
}
