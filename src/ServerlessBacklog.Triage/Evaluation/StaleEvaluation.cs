using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Flow;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;
using ServerlessBacklog.Triage.Ports;
using ServerlessBacklog.Triage.Settings;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>When we say that nobody will touch an open item, does nobody?</summary>
public sealed class StaleEvaluation : IEvaluation
{
    /// <summary>Probability from which an item is called stale.</summary>
    private const double CallAt = 0.8;
    private const int FewestItems = 20;
    private static readonly int[] SilentFor = [60, 90, 180];

    public string Task => "stale";

    public string Protocol =>
        "every 180 days each open item is judged by what was known then; true is one that no person touches for 180 days (closing it as not planned is no touch).";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var (measured, leftOut) = (new Dictionary<string, IReadOnlyList<Question>>(), new Dictionary<string, string>());
        foreach (var project in data.Items.Concat(data.Test ?? []).Where(i => i.Item.Kind != WorkItemKind.PullRequest).GroupBy(i => i.Project))
        {
            progress.Report(project.Key);
            var dated = project.Select(i => i.Item).Where(i => i.CreatedAt is not null && (!i.IsOpen || i.UpdatedAt is not null || i.History.IsKnown)).ToList();
            dated = [.. dated.Where(i => i.IsOpen || i.ClosedAt is not null || i.History.IsKnown)];
            var questions = dated.Count < FewestItems ? [] : Ask(dated, cancellation);
            if (questions.Count == 0)
                leftOut[project.Key] = $"{dated.Count} items tell when they were made and when they ended: too few, or over too short a time.";
            else
                measured[project.Key] = questions;
        }

        if (measured.Count == 0)
            throw new UserErrorException("No project holds at least 20 items with created_at and closed_at (or events) over more than a year: there is nothing to measure.");
        var all = measured.Values.SelectMany(q => q).ToList();
        return new EvaluationResult
        {
            Pooled = Summary(all),
            Projects = measured.ToDictionary(m => m.Key, m => Summary(m.Value)),
            LeftOut = leftOut,
            Cases = [.. all.Select(q => new CaseOutcome(q.Probability, q.StayedQuiet))],
            Notes =
            [
                $"Called stale is what stays quiet with a probability of {CallAt} and more; accuracy: from 0.5 on. Cases are that probability, and whether it stayed quiet.",
                "rule: what the triage calls stale or old; what waits on the team is never called so. The sets hardly tell who waits on whom, since comments have neither texts nor dates.",
                "An item is asked about at each date at which it was open, so questions are not independent of each other: no intervals.",
            ],
        };
    }

    private static List<Question> Ask(List<WorkItem> items, CancellationToken cancellation)
    {
        var (first, newest) = (items.Min(i => i.CreatedAt)!.Value, Fate.Newest(items)!.Value);
        var questions = new List<Question>();
        for (var at = newest.AddDays(-QuietModel.WindowDays); at > first.AddDays(QuietModel.WindowDays); at = at.AddDays(-QuietModel.WindowDays))
        {
            cancellation.ThrowIfCancellationRequested();
            var model = QuietModel.Learn(items, at);
            var known = items.Select(i => (Item: i, Then: ItemAsOf.Of(i, at))).Where(i => i.Then is not null).ToList();
            var backlog = BacklogSnapshot.Build(known.Select(i => i.Then!));
            foreach (var (item, then) in known)
            {
                var silent = Fate.SilentDays(item, at)!.Value;
                var state = StalenessFacts.Of(then!, backlog, new StalenessSettings()).StateAt(at);
                questions.Add(new Question(silent, model.Probability(silent), IsCall(state), Fate.StayedQuiet(item, at, at.AddDays(QuietModel.WindowDays))));
            }
        }

        return questions;
    }

    private static bool IsCall(StalenessState state) =>
        state is StalenessState.OldOnly or StalenessState.Stale or StalenessState.StaleAfterNotice or StalenessState.LowValue;

    private static Measured Summary(IReadOnlyList<Question> questions) => new(questions.Count, new Dictionary<string, double>(Figures(questions, q => q.Probability >= CallAt))
    {
        [Figure.Accuracy] = questions.Average(q => q.Probability >= 0.5 == q.StayedQuiet ? 1.0 : 0),
        [Figure.Ece] = Reliability.Error([.. questions.Select(q => new CaseOutcome(q.Probability, q.StayedQuiet))]),
    })
    {
        Baselines = new Dictionary<string, IReadOnlyDictionary<string, double>>(
            SilentFor.Select(d => KeyValuePair.Create($"silent_{d}", (IReadOnlyDictionary<string, double>)Figures(questions, q => q.SilentDays >= d))))
        {
            ["everything"] = Figures(questions, _ => true),
            ["rule"] = Figures(questions, q => q.IsCalledByRule),
        },
    };

    private static Dictionary<string, double> Figures(IReadOnlyList<Question> questions, Func<Question, bool> calls)
    {
        var called = questions.Where(calls).ToList();
        var right = called.Count(q => q.StayedQuiet);
        return new Dictionary<string, double>
        {
            [Figure.Precision] = (double)right / called.Count,
            [Figure.Recall] = (double)right / questions.Count(q => q.StayedQuiet),
            [Figure.Answered] = (double)called.Count / questions.Count,
            [Figure.Accuracy] = questions.Average(q => calls(q) == q.StayedQuiet ? 1.0 : 0),
        };
    }

    private sealed record Question(double SilentDays, double Probability, bool IsCalledByRule, bool StayedQuiet);
}
