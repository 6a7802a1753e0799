namespace ServerlessBacklog.Analysis.Evaluation;

/// <summary>Accuracy and F1 of predicted classes. Classes compare as they are written.</summary>
public static class ClassScores
{
    public static double Accuracy(IReadOnlyList<(string Actual, string? Predicted)> cases) => cases.Average(c => c.Actual == c.Predicted ? 1.0 : 0);

    /// <summary>Mean over the classes that occur in the test part of F1 = 2·tp / (2·tp + fp + fn); a class that is never hit counts as 0.</summary>
    public static double MacroF1(IReadOnlyList<(string Actual, string? Predicted)> cases) => ByClass(cases).Values.Average();

    public static IReadOnlyDictionary<string, double> ByClass(IReadOnlyList<(string Actual, string? Predicted)> cases)
    {
        var (hit, actual, predicted) = (new Dictionary<string, int>(), new Dictionary<string, int>(), new Dictionary<string, int>());
        foreach (var (right, said) in cases)
        {
            actual[right] = actual.GetValueOrDefault(right) + 1;
            if (said is null)
                continue;
            predicted[said] = predicted.GetValueOrDefault(said) + 1;
            if (said == right)
                hit[right] = hit.GetValueOrDefault(right) + 1;
        }

        // 2·tp + fp + fn is all that were said plus all that are.
        return actual.ToDictionary(a => a.Key, a => 2.0 * hit.GetValueOrDefault(a.Key) / (predicted.GetValueOrDefault(a.Key) + a.Value));
    }
}
