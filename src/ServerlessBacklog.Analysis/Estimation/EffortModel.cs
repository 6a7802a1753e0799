using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Domain.Triage;

namespace ServerlessBacklog.Analysis.Estimation;

/// <summary>
/// How large an item is, on the scale of sizes that the project uses. Several views (<see cref="SizeViews"/>) each give a chance to every size; they
/// are pooled as a product of powers (Genest and Zidek 1986), whose exponents are learned from the project's own history by trying every item before its
/// size is learned. The estimate is the median of the pool, or that of the latest sizes where the pool did no better. The interval is the shortest that
/// holds a mass which is raised after every miss and lowered after every hit, so that it keeps its level through drift (adaptive
/// conformal inference: Gibbs and Candès 2021).
/// </summary>
public sealed class EffortModel
{
    /// <summary>Sized items that a model needs.</summary>
    public const int Fewest = 20;

    /// <summary>Nominal share of items whose size lies in the interval.</summary>
    public const double Level = 0.80;

    /// <summary>Newest items that are learned from.</summary>
    public const int MostLearned = 10_000;

    private const int FirstTried = 10;
    private const int MostChoices = 1500;
    private const double PriorWeight = 0.15;
    private const double Ridge = 30;
    private const double LeastChance = 0.003;

    /// <summary>How far a miss moves the mass of the interval.</summary>
    private const double Step = 0.02;

    private readonly Scale scale = new();
    private readonly SizeViews views = new();
    private readonly List<SizedItem> items = [];
    private readonly List<Choice> choices = [];
    private readonly List<(double Share, bool Right)> tried = [];
    private ChoiceModel pooling = Prior;
    private PlattConfidence confidence = PlattConfidence.AsItIs;
    private double mass = Level;
    private int sinceFit;

    private static ChoiceModel Prior { get; } = new([.. Enumerable.Repeat(PriorWeight, SizeViews.Names.Count)]);

    public int Count => items.Count;

    /// <summary>How the pool and the median of the latest sizes did on the items so far, each tried before it was learned.</summary>
    public EffortBackTest BackTest { get; private set; } = EffortBackTest.None;

    /// <summary>Learns from sized items of one project, oldest first.</summary>
    public static EffortModel Learn(IReadOnlyList<SizedItem> history)
    {
        var model = new EffortModel();
        foreach (var item in history.Skip(Math.Max(0, history.Count - MostLearned)))
            model.Add(item);
        model.Fit();
        return model;
    }

    /// <summary>Learns one more item, the newest; it is tried first.</summary>
    public void Add(SizedItem item)
    {
        if (items.Count >= FirstTried)
            Try(item);
        views.Add(item.Item, item.Points, scale.Learn(item.Points));
        items.Add(item);
    }

    /// <summary>Needs at least one learned item. Changes nothing.</summary>
    public EffortEstimate Estimate(EffortCase item)
    {
        var (chances, hits) = views.Of(item, scale.Count);
        var pool = Pool(chances);
        var points = scale.Median(BackTest.WordsWin ? pool : Latest(chances));
        var (low, high) = scale.Shortest(pool, mass);
        return new EffortEstimate(
            points,
            Math.Min(low, points),
            Math.Max(high, points),
            Confidence.Clamp(confidence.Of(WithinOneStep(pool, points))),
            BackTest.WordsWin ? [.. hits.Select(h => items[h.Item])] : []);
    }

    private void Try(SizedItem item)
    {
        var (chances, _) = views.Of(item.Item, scale.Count);
        var (pool, latest) = (Pool(chances), Latest(chances));
        var points = scale.Median(BackTest.WordsWin ? pool : latest);
        tried.Add((WithinOneStep(pool, points), SizeScale.StepsBetween(points, item.Points) <= 1));
        if (tried.Count > MostChoices)
            tried.RemoveAt(0);
        BackTest = BackTest.With(Math.Abs(scale.Median(latest) - item.Points), Math.Abs(scale.Median(pool) - item.Points));
        var (low, high) = scale.Shortest(pool, mass);
        var held = item.Points >= Math.Min(low, points) && item.Points <= Math.Max(high, points);
        mass = Math.Clamp(mass + (Step * (Level - (held ? 1 : 0))), 0.02, 0.999);
        if (scale.Find(item.Points) is not { } actual)
            return;
        choices.Add(new Choice(Rows(chances), actual));
        if (choices.Count > MostChoices * 5 / 4)
            choices.RemoveRange(0, choices.Count - MostChoices);
        if (++sinceFit >= Math.Max(10, choices.Count / 20))
            Fit();
    }

    private void Fit()
    {
        pooling = Prior.Fit(choices, Ridge, pooling);
        confidence = PlattConfidence.Fit(tried);
        sinceFit = 0;
    }

    private double[] Pool(double[][] chances) => pooling.Probabilities(Rows(chances));

    /// <summary>Views as columns, sizes as rows.</summary>
    private static float[][] Rows(double[][] chances) =>
        [.. Enumerable.Range(0, chances[0].Length).Select(c => chances.Select(view => (float)Math.Log(view[c] + LeastChance)).ToArray())];

    private static double[] Latest(double[][] chances) =>
        [.. Enumerable.Range(0, chances[0].Length).Select(c => chances.Take(SizeViews.Plain).Average(view => view[c]))];

    private double WithinOneStep(double[] pool, double points) =>
        pool.Select((p, c) => SizeScale.StepsBetween(scale.SizeOf(c), points) <= 1 ? p : 0).Sum();
}
