using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>Open items with what the steps say of them, in a fixed order.</summary>
internal sealed class ExaminedBacklog
{
    private readonly ReportInput input;
    private readonly Dictionary<string, Dictionary<WorkItemRef, Finding>> findings = new(StringComparer.Ordinal);

    public ExaminedBacklog(ReportInput input)
    {
        this.input = input;
        All = [.. input.Backlog.Items.Values.OrderBy(o => o.Item.Ref.ToKey(), StringComparer.Ordinal)];
        Open = [.. All.Where(o => o.Item.IsOpen && o.Item.Kind == WorkItemKind.Item)];
        foreach (var item in Open)
        {
            foreach (var finding in input.Findings.GetValueOrDefault(item.Item.Ref, []))
            {
                if (!findings.TryGetValue(finding.Step, out var ofStep))
                    findings[finding.Step] = ofStep = new Dictionary<WorkItemRef, Finding>(Open.Count);
                ofStep[item.Item.Ref] = finding;
            }
        }
    }

    public DateTimeOffset AsOf => input.AsOf;

    public IReadOnlyList<OutlinedItem> All { get; }

    /// <summary>Open items, pull requests left out.</summary>
    public IReadOnlyList<OutlinedItem> Open { get; }

    /// <summary>All findings on open items.</summary>
    public IEnumerable<Finding> Findings => Open.SelectMany(o => findings.Values.Select(byItem => byItem.GetValueOrDefault(o.Item.Ref)).OfType<Finding>());

    public Finding? Of(WorkItemRef item, string step) => findings.GetValueOrDefault(step)?.GetValueOrDefault(item);

    public Finding? Decided(WorkItemRef item, string step) => Of(item, step) is { Status: FindingStatus.Decided } finding ? finding : null;

    public IEnumerable<Finding> Of(string step) => Open.Select(o => Of(o.Item.Ref, step)).OfType<Finding>();

    public IEnumerable<Finding> Decided(string step) => Of(step).Where(f => f.Status == FindingStatus.Decided);

    public ItemLine Line(WorkItemRef item) =>
        input.Backlog.Find(item) is { } found ? ItemLine.From(found.Item) : ItemLine.Elsewhere(item);

    /// <summary>True when the step looked at items and had what it needs for at least one.</summary>
    public bool HasLooked(string step) => Of(step).Any(f => f.Status != FindingStatus.NotYet);

    /// <summary>Rows as a part of the report; without rows it says why, in the words of the step where it has some.</summary>
    public ReportPart<T> Part<T>(IReadOnlyList<T> rows, string nothingFound, params ReadOnlySpan<string> steps)
    {
        var all = new List<Finding>();
        foreach (var step in steps)
            all.AddRange(Of(step));
        var unjudged = all.Where(f => f.Status == FindingStatus.NotYet).ToList();
        var why = unjudged.CountBy(f => f.Reason).OrderByDescending(r => r.Value).ThenBy(r => r.Key, StringComparer.Ordinal).FirstOrDefault().Key;
        var empty = rows.Count > 0 ? null
            : Open.Count == 0 ? "No item is open."
            : all.Count == 0 ? $"The {string.Join(" and ", steps!)} step did not run."
            : unjudged.Count == all.Count ? why
            : unjudged.Count > 0 ? $"{unjudged.Count:N0} could not be judged: {why} {nothingFound}"
            : nothingFound;
        var what = steps.Length > 1 && unjudged.Count > 0 ? $" ({string.Join(", ", unjudged.Select(f => f.Step).Distinct())})" : "";
        var note = empty is null && unjudged.Count > 0 ? $"{unjudged.Count:N0} could not be judged{what}: {why}" : null;
        return new ReportPart<T>(rows, rows.Count, empty, note);
    }
}
