using ServerlessBacklog.Analysis.Learning;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Analysis.Assignment;

/// <summary>Who got which items so far, oldest first, and what that says of each person for a further item.</summary>
internal sealed class AssignmentHistory
{
    /// <summary>People whose chances are weighed; where there are more, the ones whose last item lies furthest back are left out.</summary>
    private const int MostCandidates = 150;

    private const string All = "";
    private const int Near = 8;
    private const int Far = 40;

    /// <summary>What a share of nothing counts as before its logarithm is taken.</summary>
    private const double Least = 0.005;

    private readonly Dictionary<Person, int> numbers = [];
    private readonly List<Person> people = [];
    private readonly List<int> lastAt = [];
    private readonly CaseFeatures features = new();
    private readonly PastVotes votes = new();
    private readonly OnlineSoftmax words = new(rate: 0.4, repetitions: 3);
    private readonly DecayedShares[] latest = [new(3), new(15), new(60), new(400)];
    private readonly ReporterHabits reporters = new();
    private readonly KeyOwners keyOwners = new();
    private int previous = -1;

    public int Count { get; private set; }

    public bool Knows(Person person) => numbers.ContainsKey(person);

    public void Add(AssignedItem item)
    {
        var person = NumberOf(item.Assignee);
        var keys = CaseFeatures.KeysOf(item.Item);
        features.Learn(item.Item, keys);
        words.Learn(features.Values(item.Item, keys, votes.Rarity), person);
        votes.Add(features.Counts(item.Item, keys), person);
        foreach (var shares in latest)
            shares.Add(All, person);
        reporters.Add(item.Item.Reporter, item.Assignee, person);
        keyOwners.Add(keys, person);
        lastAt[person] = Count++;
        previous = person;
    }

    /// <summary>Everybody who may be chosen, with what speaks for them, by the columns of <see cref="Columns"/>. Changes nothing.</summary>
    public (Person[] People, float[][] Rows) Weigh(AssignmentCase item)
    {
        var keys = CaseFeatures.KeysOf(item);
        var hits = votes.Nearest(features.Counts(item, keys), Far);
        var (near, far) = (Votes(hits.Take(Near)), Votes(hits));
        var p = words.Probabilities(features.Values(item, keys, votes.Rarity));
        var candidates = Candidates(item, hits.Select(h => h.Class));
        var rows = new float[candidates.Count][];
        for (var i = 0; i < rows.Length; i++)
        {
            var person = candidates[i];
            var row = rows[i] = new float[Columns.Count];
            var number = numbers.GetValueOrDefault(person, -1);
            row[Columns.Near] = Ln(near.GetValueOrDefault(number));
            row[Columns.Far] = Ln(far.GetValueOrDefault(number));
            row[Columns.Words] = Ln(number >= 0 && number < p.Length ? p[number] : 0);
            for (var l = 0; l < latest.Length; l++)
                row[Columns.Latest + l] = Ln(latest[l].Share(All, number));
            row[Columns.Since] = (float)-Math.Log(number < 0 ? 2 + Count : 1 + Count - lastAt[number]);
            row[Columns.Previous] = number >= 0 && number == previous ? 1 : 0;
            row[Columns.Never] = number < 0 ? 1 : 0;
            row[Columns.Owner] = item.AreaOwners.Contains(person) ? 1 : 0;
            reporters.Fill(row, item.Reporter, person, number);
            keyOwners.Fill(row, keys, number, latest[^1].Share(All, number));
        }

        return ([.. candidates], rows);
    }

    /// <summary>The logarithm of a share, kept away from that of nothing.</summary>
    public static float Ln(double share) => (float)Math.Log(share + Least);

    private Dictionary<int, double> Votes(IEnumerable<(int Item, int Class, double Score)> hits)
    {
        var sums = new Dictionary<int, double>();
        var all = 0.0;
        foreach (var (item, person, score) in hits)
        {
            var vote = score * (0.3 + (0.7 * item / votes.Count));
            sums[person] = sums.GetValueOrDefault(person) + vote;
            all += vote;
        }

        return sums.ToDictionary(s => s.Key, s => s.Value / all);
    }

    private List<Person> Candidates(AssignmentCase item, IEnumerable<int> near)
    {
        var known = Enumerable.Range(0, people.Count);
        if (people.Count > MostCandidates)
            known = known.OrderByDescending(p => lastAt[p]).Take(MostCandidates).Concat(near).Distinct();
        var candidates = known.Select(p => people[p]).ToList();
        var named = item.Reporter is { IsBot: false } reporter ? item.AreaOwners.Prepend(reporter) : item.AreaOwners;
        foreach (var person in named.Where(n => !candidates.Contains(n)).Distinct().ToList())
            candidates.Add(person);
        return candidates;
    }

    private int NumberOf(Person person)
    {
        if (numbers.TryGetValue(person, out var number))
            return number;
        people.Add(person);
        lastAt.Add(-1);
        return numbers[person] = people.Count - 1;
    }
}
