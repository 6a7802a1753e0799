using ServerlessBacklog.Analysis.Learning;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>Who gets items with which labels and areas.</summary>
internal sealed class KeyOwners
{
    /// <summary>Items of a key that its overall shares are worth in naive Bayes.</summary>
    private const double Prior = 3;

    private const double Least = 0.002;

    private readonly DecayedShares latest = new(20);
    private readonly DecayedShares longer = new(100);
    private readonly DecayedShares together = new(100);

    public void Add(List<string> keys, int person)
    {
        foreach (var key in keys)
        {
            latest.Add(key, person);
            longer.Add(key, person);
        }

        together.Add(string.Join(" & ", keys), person);
    }

    /// <param name="overall">The person's share of all items.</param>
    public void Fill(float[] row, List<string> keys, int person, double overall)
    {
        row[Columns.Same] = AssignmentHistory.Ln(together.Share(string.Join(" & ", keys), person, doubt: 1));
        var known = keys.Where(k => latest.Weight(k) > 0).ToList();
        if (known.Count == 0)
            return;
        row[Columns.Keys] = known.Average(k => AssignmentHistory.Ln(latest.Share(k, person, doubt: 1)));
        row[Columns.Telling] = AssignmentHistory.Ln(latest.Share(known.MaxBy(latest.Top)!, person, doubt: 1));
        var usual = overall + Least;
        row[Columns.Bayes] = (float)known.Sum(k =>
            Math.Log(((longer.Share(k, person) * longer.Weight(k)) + (Prior * usual)) / ((longer.Weight(k) + Prior) * usual)));
    }
}
