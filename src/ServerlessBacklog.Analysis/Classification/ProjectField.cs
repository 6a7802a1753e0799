using ServerlessBacklog.Analysis.Calibration;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Classification;

/// <summary>Experts on a set of texts, and the values that their classes stand for.</summary>
/// <param name="PlaceOf">Where a text stands in <see cref="FieldExperts.LeftOut"/>.</param>
internal sealed record TaughtExperts(FieldExperts Experts, IReadOnlyDictionary<string, int> ClassOf, IReadOnlyDictionary<WorkItemRef, int> PlaceOf);

/// <summary>
/// Joins what experts say of the values of one project: a conditional logit over their scores, fitted on texts that they had not seen (stacking, Wolpert
/// 1992). So its probabilities are those that held on such texts.
/// </summary>
internal sealed class ProjectField
{
    /// <summary>Together the experts begin with this weight; a margin of a support vector machine is about 1 where it is sure.</summary>
    private const double ExpertWeight = 2;
    private const double NameWeight = 0.3;
    private const double ShareWeight = 0.2;
    private const double Ridge = 3;
    private const int WordsShown = 6;

    private readonly string[] values;
    private readonly TaughtExperts[] sources;
    private readonly NamedValues names;
    private readonly double[] logShares;
    private readonly ChoiceModel joined;
    private readonly ClassBalance balance;

    public ProjectField(string[] values, IReadOnlyList<LabelledText> texts, TaughtExperts[] sources)
    {
        this.values = values;
        this.sources = sources;
        names = new NamedValues(values);
        var place = values.Select((v, c) => (v, c)).ToDictionary(v => v.v, v => v.c, StringComparer.OrdinalIgnoreCase);
        int[] classOf = [.. texts.Select(t => place[t.Value])];
        double[] shares = [.. Enumerable.Range(0, values.Length).Select(c => (classOf.Count(k => k == c) + 0.5) / (texts.Count + (0.5 * values.Length)))];
        logShares = [.. shares.Select(s => Math.Log(s))];
        var options = texts.AsParallel().AsOrdered().Select(t => Options(LeftOut(t.Item), t.Text)).ToList();
        var experts = sources.Sum(s => s.Experts.Count);
        joined = new ChoiceModel([.. Enumerable.Repeat(ExpertWeight / experts, experts), NameWeight, ShareWeight])
            .Fit([.. options.Select((o, i) => new Choice(o, [.. place.Values.Order().Select(c => c == classOf[i])]))], Ridge);
        var judged = options.Select(Probabilities).ToList();
        balance = ClassBalance.Fit(shares, judged, classOf);
        Accuracy = judged.Select((p, i) => Array.IndexOf(p, p.Max()) == classOf[i] ? 1.0 : 0).Average();
    }

    public IReadOnlyList<string> Values => values;

    /// <summary>Share of the learned texts whose value models that never saw them name first.</summary>
    public double Accuracy { get; }

    public FieldPrediction Predict(WorkItemRef item, FieldText text)
    {
        var learned = sources.All(s => s.PlaceOf.ContainsKey(item));
        var probabilities = Probabilities(Options(learned ? LeftOut(item) : [.. sources.Select(s => s.Experts.Score(text))], text));
        int[] order = [.. Enumerable.Range(0, values.Length).OrderByDescending(c => probabilities[c])];
        return new FieldPrediction([.. order.Select(c => (values[c], probabilities[c]))], [.. Words(text, order[0], order[1])])
        {
            Even = values[balance.Choose(probabilities)],
            Share = balance.Shares[order[0]],
        };
    }

    private double[][][] LeftOut(WorkItemRef item) => [.. sources.Select(s => s.Experts.LeftOut[s.PlaceOf[item]])];

    /// <summary>By value: what each expert says, how much of the value's name the text holds, and how frequent it is.</summary>
    private float[][] Options(double[][][] scores, FieldText text)
    {
        var named = names.Score(text);
        return [.. values.Select((value, c) =>
        {
            var option = new List<float>();
            for (var s = 0; s < sources.Length; s++)
                option.AddRange(scores[s].Select(view => (float)view[sources[s].ClassOf[value]]));
            option.Add((float)named[c]);
            option.Add((float)logShares[c]);
            return option.ToArray();
        })];
    }

    private double[] Probabilities(float[][] options)
    {
        double[] scores = [.. options.Select(o => joined.Score(o))];
        var top = scores.Max();
        for (var c = 0; c < scores.Length; c++)
            scores[c] = Math.Exp(scores[c] - top);
        var sum = scores.Sum();
        return [.. scores.Select(s => s / sum)];
    }

    private IEnumerable<string> Words(FieldText text, int winner, int other)
    {
        var (experts, classOf, _) = sources[0];
        var title = new List<string>();
        Text.SpeechTokens.Scan(text.Title, title);
        return title.Select(w => (Token: BodySketch.Name(w), Word: w)).Concat(text.Words.Select(w => (Token: w.Key, Word: w.Value)))
            .Where(w => w.Word.Length > 2 && w.Word[0] != '<')
            .DistinctBy(w => w.Word)
            .Select(w => (w.Word, Lead: experts.Lead(w.Token, classOf[values[winner]], classOf[values[other]])))
            .Where(w => w.Lead > 0)
            .OrderByDescending(w => w.Lead).ThenBy(w => w.Word, StringComparer.Ordinal)
            .Take(WordsShown).Select(w => w.Word);
    }
}
