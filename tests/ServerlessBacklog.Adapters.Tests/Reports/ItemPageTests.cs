using System.Net;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Adapters.Tests.Reports;

public sealed class ItemPageTests
{
    private static ItemReport Report(string text)
    {
        var (item, other) = (An.Item(1, text, text) with { Labels = [new Label(text)] }, An.Item(2, $"Other {text}"));
        var finding = new Finding
        {
            Step = StepName.Duplicates,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Confidence = new Confidence(0.97),
            Reason = text,
            Evidence = [new Evidence(EvidenceKind.Duplicate, text) { Item = other.Ref, Value = 0.97, Quote = text }],
            Proposals = [new Proposal(new Close(CloseReason.Duplicate, other.Ref), new Confidence(0.97))],
        };
        return new ItemReport
        {
            Backlog = text,
            AsOf = An.Instant,
            Item = item,
            Findings = [finding, Finding.NotYet(StepName.Assignment, item.Ref, "The export holds no people.")],
            Decisions = [DecisionPolicy.Default.Decide(item.Ref, "hash", [finding], An.Instant)],
            Others = new Dictionary<WorkItemRef, ItemLine> { [other.Ref] = ItemLine.From(other) },
        };
    }

    [Fact]
    public async Task Findings_evidence_and_decision_stand_on_the_page()
    {
        var html = WebUtility.HtmlDecode(await Page.OfItemAsync(Report("Crash on save")));

        html.ShouldContain("Other Crash on save");
        html.ShouldContain("Close as duplicate of github:owner/repo#2");
        html.ShouldContain("shadow mode; closing, archiving or another status always needs a person");
        html.ShouldContain("drop, would ask");
        html.ShouldContain("The export holds no people.");
    }

    [Fact]
    public async Task Markup_stays_text()
    {
        var html = await Page.OfItemAsync(Report("</pre><script>alert(1)</script>"));

        Regex.Count(html, "<script").ShouldBe(1);
        Regex.Count(html, "</pre>").ShouldBe(1);
    }

    [Fact]
    public async Task A_served_page_leads_back_to_the_report_and_on_to_other_items()
    {
        var html = await Page.OfItemAsync(Report("x"), new ReportLook { ItemPage = item => $"/items/{item.Number}", ReportPage = "/" });

        Page.Attributes(html, "href").ShouldBe(["data:,", "#main", "/", "/items/2"]);
    }

    [Fact]
    public async Task An_item_that_nobody_examined_says_so()
    {
        var html = await Page.OfItemAsync(new ItemReport { Backlog = "sample", AsOf = An.Instant, Item = An.Item(1) });

        html.ShouldContain("No step looked at this item yet.");
        html.ShouldContain("Nothing was decided yet.");
        html.ShouldContain("It has no description.");
    }
}
