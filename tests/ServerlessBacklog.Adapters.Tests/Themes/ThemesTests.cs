using System.Diagnostics;
using ServerlessBacklog.Adapters.Trackers.Files;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Insights;

namespace ServerlessBacklog.Adapters.Tests.Themes;

/// <summary>Themes on the shipped sample, which is a real backlog, and with themes planted into it.</summary>
public sealed class ThemesTests(ITestOutputHelper output)
{
    private static readonly (string Name, string[] Texts)[] Planted =
    [
        ("dark", ["Please add a dark theme", "Dark mode for the editor", "I would love a dark theme at night", "Dark theme follows the system", "A dark mode toggle in settings"]),
        ("export", ["Export a report as PDF", "PDF export of reports", "Let me export the report to PDF", "Reports: PDF export with logo", "Scheduled PDF export of a report"]),
        ("offline", ["Work offline on the train", "Offline work without network", "Let the app work offline and sync later", "Offline: sync when the network is back", "Sync my offline work automatically"]),
        ("calendar", ["Show due dates in my calendar", "Calendar feed with due dates", "Subscribe to due dates by calendar", "A calendar view of due dates", "Due dates in the Outlook calendar"]),
        ("voice", ["Dictate notes by voice", "Voice dictation for notes", "Notes by voice on the phone", "Dictation: punctuation by voice in notes", "Voice notes with dictation"]),
    ];

    [Fact]
    public async Task Five_planted_themes_are_found_among_a_real_backlog()
    {
        var planted = Planted.SelectMany((t, theme) => t.Texts.Select((text, i) => An.Item(900_000 + (10 * theme) + i, text) with { Reporter = new Person($"person{i}"), Type = "feature" })).ToList();
        var noise = (await SampleAsync()).Take(400).Select(i => i with { State = WorkItemState.Open, Type = "feature" });

        var themes = ThemesPart.Of(BacklogSnapshot.Build(noise.Concat(planted)));

        for (var theme = 0; theme < Planted.Length; theme++)
        {
            var mine = planted.Skip(5 * theme).Take(5).Select(i => i.Ref).ToHashSet();
            var found = themes.Themes.MaxBy(t => t.Members.Count(m => mine.Contains(m.Ref)))!;
            // Whole, and with at most one item of the real ones, which may ask for the same.
            mine.Except(found.Members.Select(m => m.Ref)).ShouldBeEmpty(Planted[theme].Name);
            found.Members.Count.ShouldBeLessThanOrEqualTo(6, Planted[theme].Name);
            found.People.ShouldBeInRange(5, 8);
            Planted[theme].Texts.ShouldContain(found.Label);
        }
    }

    [Fact]
    public async Task One_item_more_leaves_the_themes_as_they_are()
    {
        var items = (await SampleAsync()).Take(1_500).Select(i => i with { State = WorkItemState.Open }).ToList();
        var with = ThemesPart.Of(BacklogSnapshot.Build(items));
        var worst = 1.0;

        foreach (var left in (int[])[3, 400, 777, 1_200, 1_499])
        {
            var without = ThemesPart.Of(BacklogSnapshot.Build(items.Where((_, at) => at != left)));
            worst = Math.Min(worst, Agreement(with, without, items.Where((_, at) => at != left)));
        }

        output.WriteLine($"{with.Themes.Count} themes, {with.Alone} of {with.Items} alone; worst adjusted Rand index {worst:0.000}");
        with.Themes.Count.ShouldBeGreaterThan(20);
        worst.ShouldBeGreaterThanOrEqualTo(0.9);
    }

    [Fact]
    public async Task The_order_of_the_items_does_not_matter()
    {
        var items = (await SampleAsync()).Take(600).Select(i => i with { State = WorkItemState.Open }).ToList();

        var one = ThemesPart.Of(BacklogSnapshot.Build(items));
        var other = ThemesPart.Of(BacklogSnapshot.Build(items.AsEnumerable().Reverse()));

        one.Themes.Select(t => string.Join(' ', t.Members.Select(m => m.Ref))).ShouldBe(other.Themes.Select(t => string.Join(' ', t.Members.Select(m => m.Ref))));
    }

    [Fact]
    public async Task Ten_thousand_items_take_seconds()
    {
        var sample = await SampleAsync();
        var items = Enumerable.Range(0, 10_000).Select(i => sample[i % sample.Count] with { Ref = An.Ref(i + 1), State = WorkItemState.Open, Title = $"{sample[i % sample.Count].Title} {i / sample.Count}" });
        var backlog = BacklogSnapshot.Build(items);
        _ = backlog.Index;
        var watch = Stopwatch.StartNew();

        var themes = ThemesPart.Of(backlog);

        output.WriteLine($"{watch.Elapsed.TotalSeconds:0.0} s, {themes.Themes.Count} themes");
        watch.Elapsed.ShouldBeLessThan(TimeSpan.FromSeconds(60));
    }

    [Fact]
    public void Two_items_are_no_theme_and_nothing_breaks()
    {
        ThemesPart.Of(BacklogSnapshot.Build([])).Themes.ShouldBeEmpty();
        ThemesPart.Of(BacklogSnapshot.Build([An.Item(1), An.Item(2)])).Basis.ShouldContain("needs 3");
    }

    private static double Agreement(ThemesPart one, ThemesPart other, IEnumerable<WorkItem> items)
    {
        var (first, second) = (Groups(one), Groups(other));
        return AdjustedRand.Of([.. items.Select((item, at) => (first.GetValueOrDefault(item.Ref, -at - 1), second.GetValueOrDefault(item.Ref, -at - 1)))]);
    }

    private static Dictionary<WorkItemRef, int> Groups(ThemesPart part) => part.Themes.SelectMany((t, at) => t.Members.Select(m => (m.Ref, at))).ToDictionary(m => m.Ref, m => m.at);

    private static async Task<IReadOnlyList<WorkItem>> SampleAsync()
    {
        var root = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(root.FullName, "ServerlessBacklog.sln")))
            root = root.Parent!;
        return [.. (await LabelledFile.ReadAsync([Path.Combine(root.FullName, "samples", "seamonkey.jsonl.gz")], TestContext.Current.CancellationToken)).Select(i => i.Item)];
    }
}
