using System.Collections.Concurrent;
using ServerlessBacklog.Analysis.Assignment;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Similarity;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation.Assign;

/// <summary>Who gets an item.</summary>
public sealed class AssignEvaluation : IEvaluation
{
    /// <summary>Assigned items that a project needs to be measured.</summary>
    public const int FewestItems = 75;

    /// <summary>People that a project needs: with fewer there is nothing to tell apart.</summary>
    public const int FewestPeople = 4;

    /// <summary>Newest assigned items of a project that count.</summary>
    public const int MostItems = SkillModel.MostLearned;

    private const double Learned = 0.8;

    public string Task => "assign";

    public string Protocol =>
        "Who gets an item? Per project the assigned items by creation, the last 20 % asked one after the other, each before its assignee is told. "
        + "Known: title, body, reporter, and who got earlier items; labels only where the set has no titles, since a dump shows them as they were at the end. "
        + "Compared with the latest 50 assignees and with the 30 nearest items by TF-IDF and BM25.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        if (!data.HasTitles && data.Items.All(i => i.Item.Labels.Count == 0))
            throw new UserErrorException("The data has neither titles nor labels, so nothing is known of an item when it comes in. Give a set with one of them.");
        var projects = data.Items.Where(i => i.Item.Assignees.Count > 0).GroupBy(i => i.Project).OrderBy(g => g.Key, StringComparer.Ordinal).ToList();
        if (projects.Count == 0)
            throw new UserErrorException("No item of the data has an assignee, so nobody's choice can be compared. Give a set with assignees.");
        var leftOut = new SortedDictionary<string, string>(StringComparer.Ordinal);
        var asked = new ConcurrentDictionary<string, List<AskedAssignment>>();
        foreach (var project in projects)
        {
            var people = project.Select(i => i.Item.Assignees[0]).Distinct().Count();
            if (project.Count() < FewestItems)
                leftOut[project.Key] = $"{project.Count()} items have an assignee; {FewestItems} are needed.";
            else if (people < FewestPeople)
                leftOut[project.Key] = $"{people} people were assigned; {FewestPeople} are needed.";
        }

        Parallel.ForEach(projects.Where(p => !leftOut.ContainsKey(p.Key)), new ParallelOptions { CancellationToken = cancellation, MaxDegreeOfParallelism = 2 }, project =>
        {
            progress.Report(project.Key);
            asked[project.Key] = Ask([.. InOrder(project).TakeLast(MostItems)], HasTitles(project));
        });
        var measured = asked.OrderBy(a => a.Key, StringComparer.Ordinal).ToDictionary(a => a.Key, a => AssignFigures.Of(a.Value));
        var all = asked.OrderBy(a => a.Key, StringComparer.Ordinal).SelectMany(a => a.Value).ToList();
        return new EvaluationResult
        {
            Pooled = AssignFigures.Pooled(all, measured.Values),
            Projects = measured,
            LeftOut = leftOut,
            Cases = [.. all.Where(a => a.Confidence is not null).Select(a => new CaseOutcome(a.Confidence!.Value, a.Ours == 1))],
            Silent = all.Count(a => a.Confidence is null),
        };
    }

    /// <summary>A few titles among thousands of items without are no set with titles.</summary>
    private static bool HasTitles(IEnumerable<LabelledItem> items) => items.Average(i => i.Item.Title.Length > 0 ? 1.0 : 0) > 0.5;

    /// <summary>By creation; where there are no dates, in the order of the file.</summary>
    private static IEnumerable<LabelledItem> InOrder(IEnumerable<LabelledItem> items) =>
        items.OrderBy(i => i.Item.CreatedAt ?? DateTimeOffset.MinValue).ThenBy(i => i.Place);

    private static List<AskedAssignment> Ask(List<LabelledItem> items, bool titles)
    {
        var index = SearchIndex.Build(items.Select(i => new IndexedText(i.Item.Ref, i.Item.Title, i.Item.Body)));
        var model = new SkillModel();
        var first = (int)(Learned * items.Count);
        var baselines = AssignBaselines.Rank(items, first, titles);
        var asked = new List<AskedAssignment>();
        for (var i = 0; i < items.Count; i++)
        {
            var item = items[i].Item;
            var known = new AssignmentCase(item.Reporter, index.TermsOf(item.Ref).ToArray()) { Labels = titles ? [] : item.Labels };
            if (i >= first)
            {
                var ranked = model.Rank(known);
                asked.Add(new AskedAssignment(
                    1 + ranked.ToList().FindIndex(s => s.Person.Equals(item.Assignees[0])),
                    ranked.Count > 0 ? model.ConfidenceOf(ranked[0].Share).Value : null,
                    baselines[i - first]));
            }

            model.Add(new AssignedItem(known, item.Assignees[0]), rehearse: i >= first - SkillModel.MostRehearsed);
        }

        return asked;
    }
}
