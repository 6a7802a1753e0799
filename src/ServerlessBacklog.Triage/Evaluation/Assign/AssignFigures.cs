using ServerlessBacklog.Analysis.Evaluation;

namespace ServerlessBacklog.Triage.Evaluation.Assign;

/// <summary>Hits among the first 1, 3 and 5, and what they are worth.</summary>
internal static class AssignFigures
{
    private static readonly (string Name, int Places)[] Hits = [(Figure.Top1, 1), (Figure.Top3, 3), (Figure.Top5, 5)];

    private static readonly string[] Rules = [AssignBaselines.Latest, AssignBaselines.TfIdf, AssignBaselines.Bm25];

    public static Measured Of(IReadOnlyList<AskedAssignment> asked) => new(asked.Count, Figures(asked, a => a.Ours))
    {
        Baselines = Rules.ToDictionary(r => r, r => (IReadOnlyDictionary<string, double>)Figures(asked, a => a.Baselines[r])),
        Note = "last 20 %",
    };

    /// <summary>All questions alike; <c>macro_top_1</c> and kin are the means over projects.</summary>
    public static Measured Pooled(IReadOnlyList<AskedAssignment> asked, IReadOnlyCollection<Measured> projects)
    {
        if (asked.Count == 0)
            return new Measured(0, new Dictionary<string, double>());
        var pooled = Of(asked);
        var figures = new Dictionary<string, double>(pooled.Figures);
        foreach (var (name, _) in Hits)
            figures[Figure.Macro(name)] = projects.Average(p => p.Figures[name]);
        var best = Rules.MaxBy(r => pooled.Baselines[r][Figure.Top1])!;
        return pooled with
        {
            Figures = figures,
            Intervals = Hits.ToDictionary(h => h.Name, h => Bootstrap.OfMean([.. asked.Select(a => Hit(a.Ours, h.Places))])),
            GainsOver = best,
            Gains = Hits.ToDictionary(h => h.Name, h => Bootstrap.OfMean([.. asked.Select(a => Hit(a.Ours, h.Places) - Hit(a.Baselines[best], h.Places))])),
        };
    }

    private static Dictionary<string, double> Figures(IReadOnlyList<AskedAssignment> asked, Func<AskedAssignment, int> place) =>
        Hits.ToDictionary(h => h.Name, h => asked.Average(a => Hit(place(a), h.Places)));

    private static double Hit(int place, int within) => place >= 1 && place <= within ? 1 : 0;
}
