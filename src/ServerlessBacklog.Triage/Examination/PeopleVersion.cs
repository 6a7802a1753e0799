using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;
using ServerlessBacklog.Triage.Backlogs;

namespace ServerlessBacklog.Triage.Examination;

/// <summary>Names who is there and how much they carry: assignments of open items by person, how much each has finished, and who is one person.</summary>
public static class PeopleVersion
{
    public static string Of(BacklogSnapshot backlog) => backlog.Model(b => new Kept(Compute(b))).Version;

    private static string Compute(BacklogSnapshot backlog)
    {
        var load = new SortedDictionary<string, (int Open, int Finished)>(StringComparer.Ordinal);
        foreach (var item in backlog.Items.Values.Select(o => o.Item))
        {
            foreach (var person in item.Assignees)
            {
                var login = person.Login.ToLowerInvariant();
                var (open, finished) = load.GetValueOrDefault(login);
                load[login] = item.State == WorkItemState.Closed ? (open, finished + 1) : (open + 1, finished);
            }
        }

        var text = string.Join('\n', load.Select(p => $"{p.Key} {p.Value.Open} {p.Value.Finished}")) + backlog.People.Version;
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, 8));
    }

    private sealed record Kept(string Version);
}
