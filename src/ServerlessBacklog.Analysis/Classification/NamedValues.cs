namespace ServerlessBacklog.Analysis.Classification;

/// <summary>How much of a value's own name a text holds: an item that says <c>System.Net.Http</c> may belong to <c>area-System.Net</c>. Parts that many names share count less.</summary>
internal sealed class NamedValues
{
    private const double InBody = 0.5;
    private const double Common = 0.5;

    private readonly (uint Token, double Weight)[][] names;

    public NamedValues(IReadOnlyList<string> values)
    {
        var tokens = values.Select(v => TextFeatures.TitleTokens(v.Replace('-', ' ')).Distinct().ToArray()).ToArray();
        var counts = tokens.SelectMany(t => t).GroupBy(t => t).ToDictionary(g => g.Key, g => g.Count());
        names = [.. tokens.Select(name => name.Select(t => (t, Math.Log((values.Count + 1.0) / counts[t]))).Where(t => t.Item2 >= Common).ToArray())];
    }

    /// <summary>By value; 0 where nothing of the name occurs.</summary>
    public double[] Score(FieldText text)
    {
        var title = TextFeatures.TitleTokens(text.Title).ToHashSet();
        var body = text.Body.Lines().SelectMany(l => l.Tokens).ToHashSet();
        return [.. names.Select(name =>
        {
            var (found, all) = (0.0, 0.0);
            foreach (var (token, weight) in name)
            {
                all += weight;
                found += title.Contains(token) ? weight : body.Contains(token) ? InBody * weight : 0;
            }

            return all > 0 ? found / Math.Sqrt(all) : 0;
        })];
    }
}
