using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Digests;
using ServerlessBacklog.Triage.Insights;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;
using ServerlessBacklog.Triage.Views;

namespace ServerlessBacklog.Testing.Digests;

/// <summary>What digests are made from, with something to say in every part.</summary>
public static class SampleDigests
{
    private static readonly DateOnly Today = DateOnly.FromDateTime(An.Instant.UtcDateTime);

    /// <summary>Forty open items and thirty closed ones of ada, bob and nobody; the titles are <paramref name="title"/> where one is given.</summary>
    public static DigestInput Rich(string? title = null, int open = 40)
    {
        var items = Enumerable.Range(1, open).Select(n => Item(n, title)).Concat(Enumerable.Range(open + 1, 30).Select(n => Item(n, title) with
        {
            State = WorkItemState.Closed,
            ClosedAt = An.Instant.AddDays(-(n % 150)),
        })).ToList();
        var report = ReportBuilder.Build(new ReportInput
        {
            Name = title ?? "shop",
            Source = "github:owner/repo",
            AsOf = An.Instant,
            Backlog = BacklogSnapshot.Build(items),
            Findings = items.Take(open).SelectMany(i => Findings(i, title)).GroupBy(f => f.Item).ToDictionary(g => g.Key, g => (IReadOnlyList<Finding>)[.. g]),
        });
        var view = new BacklogView { Report = report, Insights = Insights(title), BuiltAt = An.Instant, Waiting = 9 };
        return new DigestInput
        {
            View = view,
            Past = new DigestPast(An.Instant.AddDays(-7), new Dictionary<string, double>
            {
                ["counts.open"] = 52, ["counts.closed"] = 18, ["counts.duplicates"] = 3, ["health.score"] = 58.5, ["waiting"] = 4,
            }),
            Asks = [.. items.Take(6).Select(i => new WaitingAsk(ItemLine.From(i), title ?? "close as not planned", An.Instant.AddDays(-17)))],
            Decided = new DecidedFigures(7, 23, 14, 6, 2, (11.5, 5.5, 19.5), null),
            Page = new Uri("https://backlog.example/shop"),
            Preferences = new Uri("https://backlog.example/notifications?seal=abc"),
        };
    }

    public static DigestInput Personal(string? title = null) => Rich(title) with
    {
        Person = title ?? "ada",
        Next = [.. Enumerable.Range(71, 3).Select(n => new NextThing(ItemLine.From(Item(n, title)), "yours already", 4.5, title ?? "Tells of a crash and waiting 351 days: above a typical item."))],
    };

    /// <summary>A backlog of these items that nothing else is known of.</summary>
    public static DigestInput Bare(params IReadOnlyList<WorkItem> items) => new()
    {
        View = new BacklogView
        {
            Report = ReportBuilder.Build(new ReportInput { Name = "young", Source = "file:young.csv", AsOf = An.Instant, Backlog = BacklogSnapshot.Build(items) }),
            Insights = BacklogInsights.None,
            BuiltAt = An.Instant,
            Waiting = 0,
        },
    };

    public static Digest Alert(string? title = null) => AlertDigest.Build(
        title ?? "shop", An.Instant, title ?? "Three items are blocked for long", [title ?? "Each has waited for 12 days or more."],
        [new DigestItem("#7", title ?? "Pay by card", new Uri("https://github.com/owner/repo/issues/7"), title ?? "waits for 12 days")],
        [new DigestFigure("blocked.days", "Days blocked", 12, "12 days")]);

    public static IReadOnlyList<Digest> All(string? title = null) =>
        [ManagerDigest.Build(Rich(title)), TeamDigest.Build(Rich(title)), PersonalDigest.Build(Personal(title)), Alert(title)];

    private static WorkItem Item(int number, string? title) => An.Item(number, title ?? $"Checkout fails at step {Word(number)}") with
    {
        Url = new Uri($"https://github.com/owner/repo/issues/{number}"),
        CreatedAt = number <= 2 ? An.Instant.AddHours(-3) : An.Instant.AddDays(-(number * 5) - 1),
        State = number % 4 == 0 ? WorkItemState.Started : WorkItemState.Open,
        Assignees = number % 3 == 0 ? [new Person(title ?? "ada")] : number % 7 == 0 ? [new Person("bob")] : [],
    };

    private static string Word(int number) => string.Concat($"{number}".Select(d => (char)('a' + d - '0')));

    private static IEnumerable<Finding> Findings(WorkItem item, string? text)
    {
        var number = int.Parse(item.Ref.Number, System.Globalization.CultureInfo.InvariantCulture);
        yield return Says(item, StepName.Priority, 5 - (number / 20.0), text ?? $"Waiting {number * 5} days: above a typical item.");
        if (number % 9 == 1 && number > 9)
            yield return Says(item, StepName.Duplicates, null, text ?? "Says the same.", new Evidence(EvidenceKind.Duplicate, "same") { Item = An.Ref(number - 9), Value = 0.88 });
        if (number % 8 == 5)
            yield return Says(item, StepName.Dependencies, null, text ?? "Waits.", new Evidence(EvidenceKind.BlockedBy, "waits") { Item = An.Ref(number - 3) });
        yield return number % 6 == 3
            ? Says(item, StepName.Clarity, 0.2, text ?? "Lacks most.", new Evidence(EvidenceKind.Missing, text ?? "steps to reproduce"))
            : Says(item, StepName.Clarity, 0.9, text ?? "Clear.");
    }

    private static Finding Says(WorkItem item, string step, double? score, string reason, params IReadOnlyList<Evidence> evidence) => new()
    {
        Step = step, Item = item.Ref, Status = FindingStatus.Decided, Score = score, Confidence = new Confidence(0.9), Reason = reason, Evidence = evidence,
    };

    private static BacklogInsights Insights(string? text) => new()
    {
        AsOf = An.Instant,
        Health = new HealthScore
        {
            Value = 61.4,
            Causes = [new HealthCause("unowned", 22, 8.25, text ?? "22 of 40 open items have no owner (−8.25 points).", text ?? "Assign the first ten.")],
            Months = [.. Enumerable.Range(0, 9).Select(i => new HealthMonth(Today.AddDays(1 - Today.Day).AddMonths(i - 9), 48 + (i * 1.75), i < 4, 40 + i))],
            Next = new HealthPrediction(Today.AddDays(1 - Today.Day), 62, 57.5, 66.5, 0.8, "nine months"),
        },
        Delivery = new DeliveryForecast
        {
            Basis = "64 items closed in the 182 days up to 2026-06-01.",
            From = Today,
            Closings = 64,
            ByDate = [.. new[] { 2, 4, 8, 12 }.Select(w => new DoneByDate(Today.AddDays(w * 7), w * 3, w * 2, w))],
            AllOpen = new ItemsDone(40, new DoneDates(Today.AddDays(110), Today.AddDays(131), Today.AddDays(160))),
            Milestones = [new MilestoneForecast(text ?? "Spring release", 13, 8, new DoneDates(Today.AddDays(20), Today.AddDays(33), Today.AddDays(41)), Today.AddDays(15), null)],
        },
        People = new PeopleForecast { People = [new PersonForecast("ada", 13, 5) { Rebalance = new Rebalance(text ?? "ada carries 13 of 5.", []) }], Total = 2 },
        Aging = new AgingWork
        {
            InProgress = 10,
            Over = 7,
            Items = [.. Enumerable.Range(3, 6).Select(n => new AgingItem(ItemLine.From(Item(n * 4, text)), 44 + n, 18.2, ["ada"]))],
        },
        Risks = new RiskRegister
        {
            Open = [new RiskRow { Id = "load-ada", Cause = RiskCause.Overload, Sentence = text ?? "ada carries 13 items with room for 5.", Effect = text ?? "What is urgent waits.", Act = text ?? "Hand over 8 of them.", Probability = RiskBand.High, Impact = RiskBand.Medium, OpenedAt = An.Instant }],
        },
        Trends = new BacklogTrends
        {
            Weeks = [.. Enumerable.Range(0, 10).Select(i => new TrendWeek(Today.AddDays((i - 10) * 7), 5 + i, 3 + (i % 4), i % 2, 30 + i, new AgeQuantiles(60 + i, 140 + i, 190 + i)))],
            Adjustments = [new Adjustment("growth", text ?? "In the last 4 weeks 46 came and 19 were closed.", text ?? "Close the duplicates first.", [], "", 0)],
        },
    };
}
