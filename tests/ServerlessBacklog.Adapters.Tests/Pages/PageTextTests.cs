using System.Net;
using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Pages;
using ServerlessBacklog.Adapters.Tests.Reports;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Audit;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Adapters.Tests.Pages;

/// <summary>What people wrote stays text on every page, and what is not known is said.</summary>
public sealed class PageTextTests
{
    private static readonly Site Site = new() { Backlog = "sample", Token = "t", Person = new PagePerson("ada") { IsOperator = true }, Backlogs = ["sample"] };

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("\"><img src=x onerror=alert(1)>")]
    [InlineData("</pre></form><form action=https://evil.example method=post>")]
    [InlineData("\u202eright to left \u05d0\u05d1 \U0001F680\U0001F469‍\U0001F4BB")]
    public async Task Titles_of_any_kind_stay_text_on_every_page(string text)
    {
        var (calmly, hostile) = (await PagesAsync(Report("calm")), await PagesAsync(Report(text)));
        foreach (var ((name, calm), (_, html)) in calmly.Zip(hostile))
        {
            Names(html).ShouldBe(Names(calm), $"{name}: the text adds no tag and ends none");
            Page.Tags(html).ShouldAllBe(t => !Regex.IsMatch(Regex.Replace(t, "\"[^\"]*\"", ""), @"\son\w+"), name);
            if (name != "forecast")
                WebUtility.HtmlDecode(html).ShouldContain(text, customMessage: name);
        }

        static IEnumerable<string> Names(string html) => Page.Tags(html).Select(t => Regex.Match(t, "^</?[^ >]+").Value);
    }

    [Fact]
    public async Task A_title_of_five_thousand_characters_is_cut_everywhere()
    {
        foreach (var (name, html) in await PagesAsync(Report("y" + new string('x', 5_000))))
        {
            var titles = Regex.Matches(html, "<span class=\"no\">[^<]*</span> <bdi>([^<]*)</bdi>").Select(m => m.Groups[1].Value).ToList();
            titles.ShouldAllBe(t => t.Length <= ItemLine.MaxTitle + 10, name);
            (titles.Count > 0).ShouldBe(name is not "forecast", name);
        }
    }

    [Fact]
    public async Task An_empty_backlog_is_shown_with_what_is_not_known()
    {
        foreach (var (name, html) in await PagesAsync(Page.Input([])))
        {
            html.ShouldContain("</html>", customMessage: name);
            Regex.Matches(html, "NaN|Infinity|∞").ShouldBeEmpty(name);
        }
    }

    [Fact]
    public async Task A_history_of_two_days_gives_no_forecast_and_no_invented_number()
    {
        WorkItem[] items =
        [
            An.Item(1, "One") with { CreatedAt = An.Instant.AddDays(-2) },
            An.Item(2, "Two") with { CreatedAt = An.Instant.AddDays(-1), State = WorkItemState.Closed, ClosedAt = An.Instant },
        ];

        var html = (await PagesAsync(Page.Input(items))).Single(p => p.Name == "forecast").Html;

        html.ShouldContain("It cannot be known yet.");
        html.ShouldNotContain("How many by a date");
    }

    [Fact]
    public async Task One_item_is_enough_for_every_page()
    {
        foreach (var (name, html) in await PagesAsync(Page.Input([An.Item(1, "Only one")])))
            html.ShouldContain("</html>", customMessage: name);
    }

    [Fact]
    public async Task Filters_search_and_order_stand_in_the_address_and_are_applied_together()
    {
        WorkItem[] items =
        [
            An.Item(1, "Crash on save") with { Type = "bug", Assignees = [new Person("ada")], CreatedAt = An.Instant.AddDays(-3) },
            An.Item(2, "Crash on load") with { Type = "bug", CreatedAt = An.Instant.AddDays(-9) },
            An.Item(3, "Dark theme") with { Type = "feature", Assignees = [new Person("ada"), new Person("bob")], CreatedAt = An.Instant.AddDays(-6) },
        ];
        var view = View(Page.Input(items));

        (await RowsAsync("?q=crash&type=bug")).ShouldBe(["#2", "#1"], ignoreOrder: true);
        (await RowsAsync("?assignee=bob")).ShouldBe(["#3"]);
        (await RowsAsync("?assignee=(none)")).ShouldBe(["#2"]);
        (await RowsAsync("?sort=age&order=down")).ShouldBe(["#2", "#3", "#1"]);
        (await RowsAsync("?sort=age")).ShouldBe(["#1", "#3", "#2"]);
        (await RowsAsync("?sort=nonsense&page=99&mark=nonsense")).Count.ShouldBe(3);
        (await RowsAsync("?q=%3Cscript%3E")).ShouldBeEmpty();

        async Task<List<string>> RowsAsync(string query)
        {
            var asked = ItemQuery.Of(new PageCall("GET", "/", null!) { Origin = "", Query = query });
            var html = Visitor.TextOf(await PageRendering.RenderAsync<ItemList>(default, (nameof(ItemList.Site), Site), (nameof(ItemList.View), view), (nameof(ItemList.Query), asked), (nameof(ItemList.Now), An.Instant)));
            return [.. Regex.Matches(html, "<tr data-nav.*?class=\"no\">(#\\d+)<", RegexOptions.Singleline).Select(m => m.Groups[1].Value)];
        }
    }

    [Fact]
    public void The_map_names_rings_and_the_longest_chain_and_writes_them_as_data()
    {
        var report = ReportBuilder.Build(Page.FilledWith("x"));

        var map = BacklogMap.Of(report);

        map.Data.Edges.ShouldContain(e => e.Item == An.Ref(3).ToString() && e.Needs == An.Ref(1).ToString());
        map.Critical.ShouldBe([An.Ref(1).ToString(), An.Ref(3).ToString()], ignoreOrder: true);
        map.Groups.ShouldHaveSingleItem().Layout.Lines.ShouldContain(l => l.IsSuspected && l.Edge!.Blocker == An.Ref(2));
        map.Data.Orphans.ShouldBe(1);
    }

    [Theory]
    [InlineData(ChangeState.Applied, true)]
    [InlineData(ChangeState.Waiting, true)]
    [InlineData(ChangeState.Undone, false)]
    [InlineData(ChangeState.NotApplied, false)]
    public async Task Only_what_was_done_can_be_taken_back_from_the_page_of_its_item(ChangeState state, bool canUndo)
    {
        var label = new AddLabel(new Label("bug"));
        var decision = new Decision
        {
            Id = "d1", Item = An.Ref(1), ItemHash = "", PolicyVersion = "p", DecidedAt = An.Instant, Verdict = Verdict.Apply, Reason = "it reads like a bug",
            Changes = [new DecidedChange(label, "type", new Confidence(0.95), Verdict.Apply, Verdict.Apply, "sure enough")],
        };
        var outcome = new DecisionOutcome
        {
            Decision = "d1", Item = An.Ref(1), State = OutcomeState.Applied, At = An.Instant, Changes = [new ChangeOutcome("d1/label", label, state) { Inverse = new RemoveLabel(new Label("bug")) }],
        };
        var act = new WhyAct
        {
            Decision = "d1", DecidedAt = An.Instant, Change = label, State = "applied", Step = "type", Confidence = new Confidence(0.95), Rule = "sure enough", Content = "c", Policy = "p",
        };
        var report = new ItemReport { Backlog = "sample", AsOf = An.Instant, Item = An.Item(1), Decisions = [decision] };
        var model = new ItemModel(report, new WhyItem(An.Ref(1), [act], []), new Dictionary<string, DecisionOutcome> { ["d1"] = outcome }, []);

        var html = Visitor.TextOf(await PageRendering.RenderAsync<ItemView>(default, (nameof(ItemView.Site), Site), (nameof(ItemView.Model), model)));
        var unsigned = Visitor.TextOf(await PageRendering.RenderAsync<ItemView>(default, (nameof(ItemView.Site), Site with { Person = null }), (nameof(ItemView.Model), model)));

        html.Contains("value=\"undo d1\"", StringComparison.Ordinal).ShouldBe(canUndo);
        html.ShouldContain("sure enough");
        unsigned.ShouldNotContain("<form");
    }

    private static ReportInput Report(string text) => Page.FilledWith(text) with { Name = "sample" };

    private static BacklogView View(ReportInput input)
    {
        var report = ReportBuilder.Build(input);
        return new BacklogView { Report = report, Insights = InsightsBuilder.Build(input, report, null), BuiltAt = An.Instant, Waiting = 0 };
    }

    private static async Task<List<(string Name, string Html)>> PagesAsync(ReportInput input)
    {
        var view = View(input);
        var items = view.Report.Duplicates.Rows.SelectMany(c => c.Members.Select(m => new DuplicatePair(c.Canonical, m))).ToList();
        var bodies = input.Backlog.Items.Values.ToDictionary(i => i.Item.Ref, i => i.Item);
        return
        [
            ("overview", Visitor.TextOf(await PageRendering.RenderAsync<Overview>(default, (nameof(Overview.Site), Site), (nameof(Overview.View), view), (nameof(Overview.Now), An.Instant)))),
            ("items", Visitor.TextOf(await PageRendering.RenderAsync<ItemList>(default, (nameof(ItemList.Site), Site), (nameof(ItemList.View), view), (nameof(ItemList.Query), new ItemQuery()), (nameof(ItemList.Now), An.Instant)))),
            ("duplicates", Visitor.TextOf(await PageRendering.RenderAsync<DuplicatePairs>(default, (nameof(DuplicatePairs.Site), Site), (nameof(DuplicatePairs.View), view), (nameof(DuplicatePairs.Pairs), items), (nameof(DuplicatePairs.Items), bodies), (nameof(DuplicatePairs.Page), 1), (nameof(DuplicatePairs.Pages), 1)))),
            ("people", Visitor.TextOf(await PageRendering.RenderAsync<PeopleLoads>(default, (nameof(PeopleLoads.Site), Site), (nameof(PeopleLoads.View), view)))),
            ("forecast", Visitor.TextOf(await PageRendering.RenderAsync<ForecastCharts>(default, (nameof(ForecastCharts.Site), Site), (nameof(ForecastCharts.View), view), (nameof(ForecastCharts.By), null), (nameof(ForecastCharts.Count), null)))),
            ("dependencies", Visitor.TextOf(await PageRendering.RenderAsync<MapPicture>(default, (nameof(MapPicture.Site), Site), (nameof(MapPicture.View), view), (nameof(MapPicture.Map), BacklogMap.Of(view.Report))))),
        ];
    }
}
