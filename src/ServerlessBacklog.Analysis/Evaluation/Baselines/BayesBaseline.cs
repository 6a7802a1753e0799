namespace ServerlessBacklog.Analysis.Evaluation.Baselines;

/// <summary>The published baseline for classes (<c>scripts/baseline_class.py</c> beside the data): multinomial naive Bayes, alpha 0.1, 1 + ln tf.</summary>
public sealed class BayesBaseline
{
    private const double Alpha = 0.1;

    private readonly List<string> classes = [];
    private readonly List<int> items = [];
    private readonly List<Dictionary<string, double>> counts = [];
    private readonly List<double> totals = [];
    private readonly HashSet<string> vocabulary = [];

    public BayesBaseline(IEnumerable<(Dictionary<string, int> Bag, string Class)> training)
    {
        foreach (var (bag, name) in training)
        {
            var at = classes.IndexOf(name);
            if (at < 0)
            {
                at = classes.Count;
                classes.Add(name);
                items.Add(0);
                counts.Add([]);
                totals.Add(0);
            }

            items[at]++;
            foreach (var (term, count) in bag)
            {
                var weight = 1 + Math.Log(count);
                counts[at][term] = counts[at].GetValueOrDefault(term) + weight;
                totals[at] += weight;
                vocabulary.Add(term);
            }
        }
    }

    /// <summary>The most frequent class; of equal ones the first seen.</summary>
    public string Majority => classes[items.IndexOf(items.Max())];

    /// <param name="even">True: all classes are taken to be equally frequent.</param>
    public string Predict(Dictionary<string, int> bag, bool even)
    {
        var known = bag.Where(t => vocabulary.Contains(t.Key)).ToList();
        double all = items.Sum();
        return Enumerable.Range(0, classes.Count).MaxBy(c =>
            (even ? 0 : Math.Log(items[c] / all))
            + known.Sum(t => (1 + Math.Log(t.Value)) * Math.Log((counts[c].GetValueOrDefault(t.Key) + Alpha) / (totals[c] + (Alpha * vocabulary.Count))))) is var best
            ? classes[best]
            : classes[0];
    }
}
