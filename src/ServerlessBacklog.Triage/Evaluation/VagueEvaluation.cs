using ServerlessBacklog.Analysis.Clarity;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.Evaluation;

/// <summary>Do we call those items vague that a reader called vague?</summary>
public sealed class VagueEvaluation : IEvaluation
{
    private const int Folds = 10;
    private const string Learned = "train";
    private const string Extra = "extra";

    private static readonly (string Name, Func<LabelledItem, bool> IsVague)[] Baselines =
    [
        ("no_description", i => string.IsNullOrWhiteSpace(i.Item.Body)),
        .. new[] { 30, 60, 100, 200 }.Select(n => ($"body_below_{n}", (Func<LabelledItem, bool>)(i => i.Item.Body.Trim().Length < n))),
    ];

    public string Task => "vague";

    public string Protocol =>
        "each item that a reader labelled (vague: true or false) is called vague or not; rows with source_split train by cross-validation, those with extra are only learned from.";

    public EvaluationResult Run(LabelledData data, IProgress<string> progress, CancellationToken cancellation)
    {
        var labelled = data.Items.Concat(data.Test ?? []).Where(i => i.Vague is not null).ToList();
        if (labelled.Count == 0)
            throw new UserErrorException("No record says whether it is vague: give records with \"vague\": true or false, as in tests/fixtures/clarity-set.jsonl.");
        progress.Report("clarity");
        var readable = labelled.Where(i => ClarityExaminer.CanRead(i.Item.Title, i.Item.Body)).ToList();
        var (learned, extra) = (readable.Where(i => i.Split == Learned).ToList(), readable.Where(i => i.Split == Extra).ToList());
        var answers = new Dictionary<string, IReadOnlyList<Answer>>();
        if (learned.Count > Folds)
            answers["tuning, cross-validated"] = CrossValidated(learned, extra);
        var fresh = learned.Count > Folds ? readable.Except(learned).Except(extra).ToList() : readable;
        if (fresh.Count > 0)
            answers[learned.Count > Folds ? "held back" : "all"] = [.. fresh.Select(i => new Answer(i, VagueModel.Shipped.Probability(Signs(i))))];
        var all = answers.Values.SelectMany(a => a).ToList();
        return new EvaluationResult
        {
            Pooled = Summary(all, null),
            Projects = answers.ToDictionary(a => a.Key, a => Summary(a.Value, null)),
            Cases = [.. all.Select(a => new CaseOutcome(a.Probability, a.IsTrue))],
            Silent = labelled.Count - readable.Count,
            Notes =
            [
                $"Vague is what has a probability of {ClarityExaminer.VagueAt} and more. Cases are the probability of vague, and whether it is.",
                "Weights of parts, signs and threshold were chosen on the tuning rows, so their figures are a little too good.",
            ],
        };
    }

    /// <summary>Every tenth row by a model that saw the other nine; in the order of the file, so that it is always the same.</summary>
    private static List<Answer> CrossValidated(List<LabelledItem> items, List<LabelledItem> extra)
    {
        var samples = items.Select(i => new LabelledSigns(Signs(i), i.Vague!.Value, false)).ToList();
        var further = extra.Select(i => new LabelledSigns(Signs(i), i.Vague!.Value, true)).ToList();
        var models = Enumerable.Range(0, Folds).Select(f => VagueModel.Fit([.. samples.Where((_, i) => i % Folds != f), .. further])).ToList();
        return [.. items.Select((item, i) => new Answer(item, models[i % Folds].Probability(samples[i].Signs)))];
    }

    private static double[] Signs(LabelledItem labelled)
    {
        var item = labelled.Item;
        var kind = ItemKinds.Infer(item.Type, item.Labels.Select(l => l.Name), item.Title, item.Body);
        return VagueSigns.Of(ClarityExaminer.Examine(kind, item.Title, item.Body, []), item.Body);
    }

    private static Measured Summary(IReadOnlyList<Answer> answers, string? note)
    {
        bool[] truth = [.. answers.Select(a => a.IsTrue)];
        bool[] said = [.. answers.Select(a => a.Probability >= ClarityExaminer.VagueAt)];
        var baselines = Baselines.ToDictionary(b => b.Name, b => answers.Select(a => b.IsVague(a.Item)).ToArray());
        var best = baselines.MaxBy(b => F1(b.Value, truth)).Key;
        return new Measured(answers.Count, new Dictionary<string, double>(Figures(said, truth))
        {
            [Figure.Ece] = Reliability.Error([.. answers.Select(a => new CaseOutcome(a.Probability, a.IsTrue))]),
        })
        {
            Baselines = baselines.ToDictionary(b => b.Key, b => (IReadOnlyDictionary<string, double>)Figures(b.Value, truth)),
            Intervals = new Dictionary<string, Interval> { [Figure.F1] = Bootstrap.Of(truth.Length, picked => F1(said, truth, picked)) },
            Gains = new Dictionary<string, Interval>
            {
                [Figure.F1] = Bootstrap.Of(truth.Length, picked => F1(said, truth, picked) - F1(baselines[best], truth, picked)),
            },
            GainsOver = best,
            Note = note,
        };
    }

    private static Dictionary<string, double> Figures(bool[] said, bool[] truth)
    {
        var right = said.Zip(truth).Count(p => p is (true, true));
        return new Dictionary<string, double>
        {
            [Figure.F1] = F1(said, truth),
            [Figure.Precision] = (double)right / said.Count(s => s),
            [Figure.Recall] = (double)right / truth.Count(t => t),
            [Figure.Accuracy] = said.Zip(truth).Average(p => p.First == p.Second ? 1.0 : 0),
        };
    }

    private static double F1(bool[] said, bool[] truth) => F1(said, truth, [.. Enumerable.Range(0, said.Length)]);

    /// <summary>2·right / (said + true); 0 where nothing is either.</summary>
    private static double F1(bool[] said, bool[] truth, int[] picked)
    {
        var (right, all) = (0, 0);
        foreach (var i in picked)
        {
            right += said[i] && truth[i] ? 1 : 0;
            all += (said[i] ? 1 : 0) + (truth[i] ? 1 : 0);
        }

        return all == 0 ? 0 : 2.0 * right / all;
    }

    private sealed record Answer(LabelledItem Item, double Probability)
    {
        public bool IsTrue => Item.Vague == true;
    }
}
