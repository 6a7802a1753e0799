using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>
/// Who gets an item: similar items' assignees, words, the latest assignments, the reporter's habits, labels and areas, weighed by a conditional
/// logit whose weights are learned from the backlog's own history. Each item of the later part of the history is ranked before its assignee is
/// learned; on these rankings rest the weights and the confidence.
/// </summary>
public sealed class SkillModel
{
    /// <summary>Assigned items that a model needs.</summary>
    public const int Fewest = 20;

    /// <summary>Newest items that are learned from; older ones say little of who is there today.</summary>
    public const int MostLearned = 20_000;

    /// <summary>Newest items that are also ranked, for the weights and the confidence.</summary>
    public const int MostRehearsed = 3000;

    private const int FirstRehearsed = 5;

    /// <summary>Rankings that weights are fitted to.</summary>
    private const int MostChoices = 2000;

    /// <summary>Rankings that the confidence rests on: the latest, since a model that has learned more is surer.</summary>
    private const int MostTried = 1500;

    /// <summary>How many choices' worth the prior weights hold.</summary>
    private const double Ridge = 10;

    private readonly AssignmentHistory history = new();
    private readonly List<Choice> choices = [];
    private readonly List<(double Share, bool Right)> tried = [];
    private ChoiceModel weighing = Prior;
    private PlattConfidence confidence = PlattConfidence.AsItIs;
    private int sinceFit;

    private static ChoiceModel Prior { get; } = new(Columns.Prior);

    /// <summary>Learns from assigned items, oldest first.</summary>
    public static SkillModel Learn(IReadOnlyList<AssignedItem> items)
    {
        var model = new SkillModel();
        for (var i = Math.Max(0, items.Count - MostLearned); i < items.Count; i++)
            model.Add(items[i], rehearse: i >= items.Count - MostRehearsed);
        model.Fit();
        return model;
    }

    /// <summary>Learns one more item, the newest.</summary>
    /// <param name="rehearse">True to rank it first, and to learn from that as well.</param>
    public void Add(AssignedItem item, bool rehearse = true)
    {
        if (rehearse && history.Count >= FirstRehearsed)
            Rehearse(item);
        history.Add(item);
    }

    /// <summary>True for somebody who got an item before.</summary>
    public bool Knows(Person person) => history.Knows(person);

    /// <summary>Everybody who may get the item, best first; ties by login.</summary>
    public IReadOnlyList<Skill> Rank(AssignmentCase item)
    {
        var (people, rows) = history.Weigh(item);
        var shares = weighing.Probabilities(rows);
        var mean = new double[Columns.Count];
        for (var k = 0; k < mean.Length; k++)
            mean[k] = rows.Length == 0 ? 0 : rows.Average(r => r[k]);
        var parts = rows.Select(row => Columns.Groups
            .Where(g => g.Columns.Any(k => rows.Any(r => r[k] != mean[k])))
            .Select(g => new SkillPart(g.Name, Math.Exp(g.Columns.Sum(k => weighing.Weights[k] * (row[k] - mean[k])))))
            .ToList()).ToList();
        var whole = parts.Sum(p => p.Aggregate(1.0, (product, part) => product * part.Factor));
        return [.. people.Select((person, i) => new Skill(person, shares[i], parts[i], whole))
            .OrderByDescending(s => s.Share)
            .ThenBy(s => s.Person.Login, StringComparer.OrdinalIgnoreCase)];
    }

    /// <summary>How often a first candidate with this share got the item.</summary>
    public Confidence ConfidenceOf(double share) => Confidence.Clamp(confidence.Of(share));

    private void Rehearse(AssignedItem item)
    {
        var (people, rows) = history.Weigh(item.Item);
        if (rows.Length == 0)
            return;
        var shares = weighing.Probabilities(rows);
        var chosen = Array.IndexOf(people, item.Assignee);
        var best = Array.IndexOf(shares, shares.Max());
        tried.Add((shares[best], best == chosen));
        if (tried.Count > MostTried)
            tried.RemoveAt(0);
        if (chosen < 0)
            return;
        choices.Add(new Choice(rows, chosen));
        if (choices.Count > MostChoices * 5 / 4)
            choices.RemoveRange(0, choices.Count - MostChoices);
        if (++sinceFit >= Math.Max(10, choices.Count / 20))
            Fit();
    }

    private void Fit()
    {
        weighing = Prior.Fit(choices, Ridge, weighing);
        confidence = PlattConfidence.Fit(tried);
        sinceFit = 0;
    }
}
