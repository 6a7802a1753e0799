using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>
/// Who knows about an item: the assignees of its 30 most similar items (weighted by similarity and, ½ … 1, by recency), of the project's
/// latest items, and of the latest items in its areas and with its labels. How often such a share was right is measured on the
/// later part of the history, each item ranked by earlier ones only.
/// </summary>
public sealed class SkillModel
{
    /// <summary>Assigned items that a model needs.</summary>
    public const int Fewest = 20;

    /// <summary>Similar items that are asked.</summary>
    public const int Neighbours = 30;

    private const int LongestBackTest = 1000;
    private const int Calibrated = 3;

    private const double TextWeight = 1.0;
    private const double RecentWeight = 0.5;
    private const double AreaWeight = 0.5;
    private const double LabelWeight = 0.5;

    private readonly Dictionary<WorkItemRef, (Person Person, int Order)> known = [];
    private readonly RecentAssignees recent = new();
    private CalibrationCurve curve = CalibrationCurve.Fit([]);

    private SkillModel()
    {
    }

    public int Count => known.Count;

    /// <summary>The later part of the history, as ranked in the back-test: at which place (from 1) the true assignee stood, 0 when nowhere.</summary>
    public IReadOnlyList<int> BackTestRanks { get; private set; } = [];

    public bool Knows(WorkItemRef item) => known.ContainsKey(item);

    /// <summary>How often a person with this share of the evidence was the true assignee.</summary>
    public Confidence ConfidenceOf(double share) => curve.Of(share);

    /// <summary>Learns from assigned items, oldest first; the back-test covers the part after <paramref name="testFrom"/> of them.</summary>
    public static SkillModel Learn(IReadOnlyList<AssignedItem> history, SearchIndex index, double testFrom = 0.5)
    {
        var model = new SkillModel();
        var order = history.Select((h, i) => (h.Ref, i)).ToDictionary(p => p.Ref, p => p.i);
        var first = Math.Max((int)(history.Count * testFrom), history.Count - LongestBackTest);
        var hits = new IReadOnlyList<SearchHit>[history.Count - first];
        Parallel.For(0, hits.Length, i => hits[i] = index.Search(history[first + i].Ref, Neighbours, r => order.TryGetValue(r, out var at) && at < first + i));
        var cases = new List<(double, bool)>();
        var ranks = new List<int>();
        for (var i = 0; i < history.Count; i++)
        {
            var item = history[i];
            if (i >= first)
            {
                var ranked = model.Rank(item.Ref.Project, item.Areas, item.Labels, hits[i - first]);
                cases.AddRange(ranked.Take(Calibrated).Select(s => (s.Share, s.Person.Equals(item.Assignee))));
                ranks.Add(1 + ranked.ToList().FindIndex(s => s.Person.Equals(item.Assignee)));
            }

            model.Add(item, i);
        }

        model.curve = CalibrationCurve.Fit(cases);
        model.BackTestRanks = ranks;
        return model;
    }

    /// <summary>Everybody whom any evidence names, best first; ties by login.</summary>
    /// <param name="hits">The most similar items for which <see cref="Knows"/> holds, at most <see cref="Neighbours"/>; never the item itself.</param>
    public IReadOnlyList<Skill> Rank(string project, IReadOnlyList<string> areas, IReadOnlyList<Label> labels, IReadOnlyList<SearchHit> hits)
    {
        var text = Votes(hits);
        var latest = recent.Shares([$"project {project}"]);
        if (latest.Count == 0)
            latest = recent.Shares(["all"]);
        var byArea = recent.Shares(areas.Select(a => $"area {a}"));
        var byLabel = recent.Shares(labels.Select(l => $"label {l}"));
        var parts = new (Dictionary<Person, double> Shares, double Weight)[]
        {
            (text, TextWeight), (latest, RecentWeight), (byArea, AreaWeight), (byLabel, LabelWeight),
        };
        var total = parts.Where(p => p.Shares.Count > 0).Sum(p => p.Weight);
        return [.. parts.SelectMany(p => p.Shares.Keys).Distinct()
            .Select(person => new Skill(
                person,
                parts.Sum(p => p.Weight * p.Shares.GetValueOrDefault(person)) / total,
                text.GetValueOrDefault(person),
                latest.GetValueOrDefault(person),
                byArea.Count > 0 ? byArea.GetValueOrDefault(person) : null,
                byLabel.Count > 0 ? byLabel.GetValueOrDefault(person) : null))
            .OrderByDescending(s => s.Share)
            .ThenBy(s => s.Person.Login, StringComparer.OrdinalIgnoreCase)];
    }

    private void Add(AssignedItem item, int order)
    {
        known[item.Ref] = (item.Assignee, order);
        recent.Add("all", item.Assignee);
        recent.Add($"project {item.Ref.Project}", item.Assignee);
        foreach (var area in item.Areas)
            recent.Add($"area {area}", item.Assignee);
        foreach (var label in item.Labels)
            recent.Add($"label {label}", item.Assignee);
    }

    private Dictionary<Person, double> Votes(IReadOnlyList<SearchHit> hits)
    {
        var votes = new Dictionary<Person, double>();
        foreach (var hit in hits)
        {
            var (person, order) = known[hit.Item];
            votes[person] = votes.GetValueOrDefault(person) + (hit.Score * (0.5 + (0.5 * order / known.Count)));
        }

        var sum = votes.Values.Sum();
        return votes.ToDictionary(v => v.Key, v => v.Value / sum);
    }
}
