using ServerlessBacklog.Analysis.Classification;
using ServerlessBacklog.Analysis.Evaluation;
using ServerlessBacklog.Analysis.Evaluation.Baselines;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Steps;

namespace ServerlessBacklog.Triage.Evaluation.Fields;

/// <param name="Said">Null where the model says nothing.</param>
/// <param name="Urgency">What the model thinks of its urgency, the lower the more urgent; null for other fields.</param>
internal sealed record FieldCase(string Actual, string? Said, double Confidence, double? Urgency, IReadOnlyList<string> Baselines)
{
    public CaseOutcome Outcome => new(Confidence, Said == Actual);
}

/// <summary>What was said of one project's items, by us and by the baselines.</summary>
internal sealed record FieldMeasure(string Name, IReadOnlyList<FieldCase> Cases)
{
    private const int Rounds = 300;
    private const int TitleWeight = 2;

    private static readonly string[] Baselines = ["majority", "naive_bayes", "naive_bayes_even"];

    public static FieldMeasure Of(
        string name, EvaluatedField field, IReadOnlyList<LabelledItem> training, IReadOnlyList<LabelledItem> asked, IReadOnlyList<FieldPrediction?> said)
    {
        var bayes = new BayesBaseline(training.Select(i => (Bag(i), field.ValueOf(i.Item)!)));
        var cases = asked.Select((item, i) => (item, Prediction: said[i])).AsParallel().AsOrdered().Select(a =>
        {
            var bag = Bag(a.item);
            var value = field.IsEven ? a.Prediction?.Even : a.Prediction?.Best;
            return new FieldCase(
                field.ValueOf(a.item.Item)!,
                value,
                value is null ? 0 : a.Prediction!.ProbabilityOf(value),
                field == EvaluatedField.Priority && a.Prediction is { } p ? Level(p) : null,
                [bayes.Majority, bayes.Predict(bag, even: false), bayes.Predict(bag, even: true)]);
        }).ToList();
        return new FieldMeasure(name, cases);
    }

    public Measured Summary() => Of([this]);

    /// <summary>All projects together, with intervals.</summary>
    public static Measured Pooled(IReadOnlyList<FieldMeasure> projects)
    {
        var measured = Of(projects);
        var cases = Flat(projects);
        var best = Array.IndexOf(Baselines, measured.GainsOver!);
        return measured with
        {
            Intervals = new Dictionary<string, Interval>
            {
                [Figure.Accuracy] = Bootstrap.OfMean([.. cases.Select(c => c.Case.Outcome.Right ? 1.0 : 0)]),
                [Figure.MacroF1] = Bootstrap.Of(cases.Count, picked => MacroF1(Pick(cases, picked), c => c.Said), Rounds),
            },
            Gains = new Dictionary<string, Interval>
            {
                [Figure.Accuracy] = Bootstrap.OfMean([.. cases.Select(c => (c.Case.Outcome.Right ? 1.0 : 0) - (c.Case.Baselines[best] == c.Case.Actual ? 1 : 0))]),
                [Figure.MacroF1] = Bootstrap.Of(cases.Count, picked => Pick(cases, picked) is var p ? MacroF1(p, c => c.Said) - MacroF1(p, c => c.Baselines[best]) : 0, Rounds),
            },
        };
    }

    private static Measured Of(IReadOnlyList<FieldMeasure> projects)
    {
        var cases = Flat(projects);
        var answered = cases.Where(c => c.Case.Said is not null && c.Case.Confidence >= FieldFinding.AnswerAt).ToList();
        var figures = new Dictionary<string, double>
        {
            [Figure.Accuracy] = Accuracy(cases, c => c.Said),
            [Figure.MacroF1] = MacroF1(cases, c => c.Said),
            [Figure.Precision] = answered.Count == 0 ? double.NaN : answered.Average(c => c.Case.Outcome.Right ? 1.0 : 0),
            [Figure.Answered] = (double)answered.Count / cases.Count,
            [Figure.Ece] = Reliability.Error([.. cases.Where(c => c.Case.Said is not null).Select(c => c.Case.Outcome)]),
        };
        double[] ranked = [.. projects.Select(p => RankAuc(p.Cases)).Where(a => !double.IsNaN(a))];
        if (ranked.Length > 0)
            figures[Figure.RankAuc] = ranked.Average();
        var baselines = Baselines.Select((name, b) => (name, At: b, Figures: (IReadOnlyDictionary<string, double>)new Dictionary<string, double>
        {
            [Figure.Accuracy] = Accuracy(cases, c => c.Baselines[b]),
            [Figure.MacroF1] = MacroF1(cases, c => c.Baselines[b]),
        })).ToList();
        var best = baselines.MaxBy(b => b.Figures[Figure.MacroF1]);
        return new Measured(cases.Count, figures)
        {
            Baselines = baselines.ToDictionary(b => b.name, b => b.Figures),
            GainsOver = best.name,
        };
    }

    private static List<(int Project, FieldCase Case)> Flat(IReadOnlyList<FieldMeasure> projects) =>
        [.. projects.SelectMany((p, at) => p.Cases.Select(c => (at, c)))];

    private static List<(int Project, FieldCase Case)> Pick(List<(int Project, FieldCase Case)> cases, int[] picked) => [.. picked.Select(i => cases[i])];

    private static double Accuracy(IReadOnlyList<(int Project, FieldCase Case)> cases, Func<FieldCase, string?> said) =>
        ClassScores.Accuracy([.. cases.Select(c => (c.Case.Actual, said(c.Case)))]);

    private static double MacroF1(IReadOnlyList<(int Project, FieldCase Case)> cases, Func<FieldCase, string?> said) =>
        cases.GroupBy(c => c.Project).Average(p => ClassScores.MacroF1([.. p.Select(c => (c.Case.Actual, said(c.Case)))]));

    /// <summary>Not-a-number where the project has no two items of different urgency.</summary>
    private static double RankAuc(IReadOnlyList<FieldCase> cases)
    {
        var known = cases.Select(c => (Actual: Urgency.FromPriority(c.Actual), Said: c.Urgency)).Where(c => c is { Actual: not null, Said: not null }).ToList();
        var (first, pairs) = (0.0, 0L);
        foreach (var (urgent, said) in known)
        {
            foreach (var (other, saidOther) in known)
            {
                if (urgent >= other)
                    continue;
                pairs++;
                first += said < saidOther ? 1 : said == saidOther ? 0.5 : 0;
            }
        }

        return pairs == 0 ? double.NaN : first / pairs;
    }

    /// <summary>The expected level, 1 … 5; priorities that we cannot place on that scale count as its middle.</summary>
    private static double Level(FieldPrediction prediction) =>
        prediction.Values.Sum(v => v.Probability * (Urgency.FromPriority(v.Value) ?? ((Urgency.Highest + Urgency.Lowest) / 2)));

    private static Dictionary<string, int> Bag(LabelledItem item) => BagOfWords.Of(item.Item.Title, item.Item.Body, TitleWeight);
}
