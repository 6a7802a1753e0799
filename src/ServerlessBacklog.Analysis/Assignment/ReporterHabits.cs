using ServerlessBacklog.Analysis.Learning;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>To whom the items of a reporter go, and how often reporters take their own.</summary>
internal sealed class ReporterHabits
{
    private const string All = "";
    private const int Own = 1;
    private const int Others = 0;

    /// <summary>How often reporters take their own items where nothing is known yet, worth three items.</summary>
    private const double UsualOwn = 0.3;

    private readonly DecayedShares handedTo = new(10);
    private readonly DecayedShares own = new(15);

    public void Add(Person? reporter, Person assignee, int person)
    {
        if (reporter is null)
            return;
        handedTo.Add(reporter.Login, person);
        var kept = reporter.Equals(assignee) ? Own : Others;
        own.Add(All, kept);
        own.Add($"by {reporter.Login}", kept);
    }

    public void Fill(float[] row, Person? reporter, Person person, int number)
    {
        if (reporter is null)
            return;
        row[Columns.Reporter] = AssignmentHistory.Ln(handedTo.Share(reporter.Login, number, doubt: 1));
        if (!reporter.Equals(person))
            return;
        var rate = Smoothed(All, UsualOwn, 3);
        rate = Smoothed($"by {reporter.Login}", rate, 2);
        row[Columns.Self] = (float)Math.Log(rate / (1 - rate));
        row[Columns.IsReporter] = 1;
    }

    private double Smoothed(string key, double prior, double strength) =>
        ((own.Share(key, Own) * own.Weight(key)) + (prior * strength)) / (own.Weight(key) + strength);
}
