using System.Text.RegularExpressions;
using ServerlessBacklog.Adapters.Reports;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Testing;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Reports;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Adapters.Tests.Reports;

/// <summary>Renders pages and reads them back.</summary>
internal static partial class Page
{
    public static ReportInput Input(IReadOnlyList<WorkItem> items, params IEnumerable<Finding> findings) => new()
    {
        Name = "sample",
        Source = "file:sample.jsonl",
        AsOf = An.Instant,
        Backlog = BacklogSnapshot.Build(items),
        Findings = findings.GroupBy(f => f.Item).ToDictionary(g => g.Key, g => (IReadOnlyList<Finding>)[.. g]),
    };

    public static async Task<string> OfAsync(ReportInput input, ReportLook? look = null)
    {
        using var stream = new MemoryStream();
        await HtmlReport.RenderAsync(ReportBuilder.Build(input), stream, look, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    public static async Task<string> OfItemAsync(ItemReport report, ReportLook? look = null)
    {
        using var stream = new MemoryStream();
        await HtmlReport.RenderItemAsync(report, stream, look, TestContext.Current.CancellationToken);
        return System.Text.Encoding.UTF8.GetString(stream.ToArray());
    }

    /// <summary>A backlog in which <paramref name="text"/> stands in every place that the tracker or a step fills.</summary>
    public static ReportInput FilledWith(string text)
    {
        WorkItem Item(int number) => An.Item(number, text, text) with
        {
            Type = text,
            Priority = text,
            Areas = [text],
            Labels = [new Label(text)],
            Assignees = [new Person(text)],
        };

        var (one, two, three) = (Item(1), Item(2), Item(3));
        Finding Says(string step, WorkItem item, params IReadOnlyList<Evidence> facts) => new()
        {
            Step = step,
            Item = item.Ref,
            Status = FindingStatus.Decided,
            Score = 3,
            Confidence = new Confidence(0.9),
            Reason = text,
            Evidence = facts,
            Proposals = [new Proposal(new SetField(WorkItemField.Type, text), new Confidence(0.9))],
        };

        Finding[] findings =
        [
            Says(StepName.Priority, one, new Evidence(EvidenceKind.Factor, text) { Value = 3 }),
            Says(StepName.Grooming, one, new Evidence(EvidenceKind.Act, text)),
            Says(StepName.Clarity, one, new Evidence(EvidenceKind.Missing, text), new Evidence(EvidenceKind.Question, text), new Evidence(EvidenceKind.Conflict, text)),
            Says(StepName.Duplicates, two, new Evidence(EvidenceKind.Duplicate, text) { Item = one.Ref, Value = 0.9 }, new Evidence(EvidenceKind.Shared, text), new Evidence(EvidenceKind.Differs, text)),
            Says(StepName.Staleness, two, new Evidence(EvidenceKind.LowValue, text)),
            Says(StepName.Assignment, one, new Evidence(EvidenceKind.Candidate, text) { Value = 1 }),
            Says(StepName.Effort, one),
            Says(StepName.Type, one),
            Says(StepName.Dependencies, three, new Evidence(EvidenceKind.BlockedBy, text) { Item = one.Ref }, new Evidence(EvidenceKind.Suspected, text) { Item = two.Ref, Quote = text }, new Evidence(EvidenceKind.Cycle, text)),
        ];
        return Input([one, two, three], findings) with { Name = text, Source = text, Problems = [new ReadProblem(text, text)] };
    }

    /// <summary>Everything that a browser would read as a tag, scripts' and styles' text left out.</summary>
    public static IReadOnlyList<string> Tags(string html) => [.. Tag().Matches(RawText().Replace(html, "<$1></$1>")).Select(m => m.Value)];

    public static IReadOnlyList<string> Attributes(string html, string name) =>
        [.. Tags(html).SelectMany(t => Regex.Matches(t, $"\\s{name}=\"([^\"]*)\"")).Select(m => m.Groups[1].Value)];

    [GeneratedRegex("<(script|style)[^>]*>.*?</\\1>", RegexOptions.Singleline)]
    private static partial Regex RawText();

    [GeneratedRegex("<[a-zA-Z!/](?:[^\"<>]|\"[^\"]*\")*>")]
    private static partial Regex Tag();
}
