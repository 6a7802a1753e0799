using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Reports;

/// <summary>
/// How ready the data is for triage: format, fields, ownership, duplicates, age (FEATURES O9).
/// Score = 100 × Σ weight × share ÷ Σ weight over the checks that could be made; a check that nobody could make counts neither way.
/// The weights and grades are our own choice: description and readable records weigh most, because every step reads them.
/// </summary>
/// <param name="Score">0 … 100, rounded to a whole number; null without open items.</param>
/// <param name="Grade">Null without open items.</param>
/// <param name="Fixes">What to mend, largest gain first.</param>
public sealed record Readiness(int? Score, ReadinessGrade? Grade, IReadOnlyList<ReadinessCheck> Checks, IReadOnlyList<ReadinessFix> Fixes)
{
    /// <summary>An item is too old to be trusted unread after this many days (two years, own choice).</summary>
    public const int OldAfterDays = 730;

    /// <summary>The formula in words, for the page.</summary>
    public const string Formula =
        "Score = 100 × sum of (weight × share) ÷ sum of weights, over the checks that could be made. A from 85, B from 70, C from 55, D from 40, E below.";

    public static Readiness Of(ReportInput input)
    {
        var items = input.Backlog.Items.Values.Where(o => o.Item.Kind == WorkItemKind.Item).ToList();
        var open = items.Where(o => o.Item.IsOpen).ToList();
        if (open.Count == 0)
            return new Readiness(null, null, [Format(items.Count, input.Problems.Count)], []);
        IReadOnlyList<ReadinessCheck> checks = [Format(items.Count, input.Problems.Count), .. Fields(open), Dates(items), .. Content(input, open)];
        var made = checks.Where(c => c.Share is not null).ToList();
        var weights = made.Sum(c => c.Weight);
        var score = (int)Math.Round(100 * made.Sum(c => c.Weight * c.Share!.Value) / weights, MidpointRounding.AwayFromZero);
        var fixes = made.Where(c => c.Share < 1)
            .Select(c => new ReadinessFix(c.Name, c.Fix, Math.Round(100 * c.Weight * (1 - c.Share!.Value) / weights, 1)))
            .Where(f => f.Gain > 0).OrderByDescending(f => f.Gain).ThenBy(f => f.Check, StringComparer.Ordinal).ToList();
        return new Readiness(score, GradeOf(score), checks, fixes);
    }

    public static ReadinessGrade GradeOf(int score) => score switch
    {
        >= 85 => ReadinessGrade.A,
        >= 70 => ReadinessGrade.B,
        >= 55 => ReadinessGrade.C,
        >= 40 => ReadinessGrade.D,
        _ => ReadinessGrade.E,
    };

    private static ReadinessCheck Format(int read, int problems) => read + problems == 0
        ? new ReadinessCheck("Readable records", 10, null, "The source holds no records.", "")
        : Share("Readable records", 10, read, read + problems, "Mend the records listed under problems in the file.");

    private static IEnumerable<ReadinessCheck> Fields(List<OutlinedItem> open)
    {
        yield return Filled("Description", 15, o => o.BodyLength > 0, "Ask reporters for a description; a template on new items helps most.");
        yield return Filled("Type", 8, o => Has(o.Item.Type) || ItemKinds.Infer(null, o.Item.Labels.Select(l => l.Name), "", "") != ItemKind.Unknown, "Set a type; the suggestions in this report are a start.");
        yield return Filled("Area", 8, o => o.Item.Areas.Count > 0, "Set an area or component, so that items reach the people who know it.");
        yield return Filled("Priority", 8, o => Has(o.Item.Priority), "Set a priority, or accept the proposed order.");
        yield return Filled("Owner", 10, o => o.Item.Assignees.Count > 0, "Assign a person, or export the assignee column if the tracker has one.");
        yield return Filled("Estimate", 8, o => o.Item.StoryPoints is not null, "Estimate items; a few dozen finished ones with points let us propose the rest.");
        yield return Filled("History", 8, o => o.Item.History.IsKnown, "Export comments and events: silence and demand are read from them.");

        ReadinessCheck Filled(string name, double weight, Func<OutlinedItem, bool> has, string fix) =>
            Share(name, weight, open.Count(has), open.Count, fix, "open ");
    }

    private static ReadinessCheck Dates(List<OutlinedItem> items) => Share(
        "Dates", 10, items.Count(o => o.Item.CreatedAt is not null && (o.Item.IsOpen || o.Item.ClosedAt is not null)), items.Count,
        "Export creation dates, and closing dates of closed items: ages and lead times rest on them.");

    private static IEnumerable<ReadinessCheck> Content(ReportInput input, List<OutlinedItem> open)
    {
        var looked = open.Select(o => input.Findings.GetValueOrDefault(o.Item.Ref, []).FirstOrDefault(f => f.Step == StepName.Duplicates))
            .OfType<Finding>().Where(f => f.Status != FindingStatus.NotYet).ToList();
        yield return looked.Count == 0
            ? new ReadinessCheck("Free of duplicates", 8, null, "The duplicates step did not look.", "")
            : Share(
                "Free of duplicates", 8, looked.Count(f => !f.EvidenceOf(EvidenceKind.Duplicate).Any()), looked.Count,
                "Close the duplicates listed in this report after a look.", "open ");
        var dated = open.Where(o => o.Item.CreatedAt is not null).ToList();
        yield return dated.Count == 0
            ? new ReadinessCheck("Younger than two years", 7, null, "No open item holds a creation date.", "")
            : Share(
                "Younger than two years", 7, dated.Count(o => (input.AsOf - o.Item.CreatedAt!.Value).TotalDays < OldAfterDays), dated.Count,
                "Go through the oldest items and archive what nobody would start.", "open ");
    }

    private static ReadinessCheck Share(string name, double weight, int has, int all, string fix, string which = "") =>
        new(name, weight, all == 0 ? null : (double)has / all, $"{has:N0} of {all:N0} {which}{(which.Length == 0 && name == "Readable records" ? "records" : "items")}", fix);

    private static bool Has(string? value) => !string.IsNullOrWhiteSpace(value);
}
