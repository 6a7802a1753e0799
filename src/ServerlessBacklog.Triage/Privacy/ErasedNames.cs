using System.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Triage.Privacy;

/// <summary>
/// The names of people who were erased, as hashes only, and what stands in their place. A name is found as a whole word, whatever its
/// case: <c>@ann</c> and <c>ann@example.org</c>, not <c>ann-marie</c> and not <c>anna</c>.
/// </summary>
public sealed class ErasedNames(Pseudonyms pseudonyms, IReadOnlyList<ErasedName> names)
{
    private readonly Dictionary<string, string> byHash = names.ToDictionary(n => n.Hash, n => n.Pseudonym, StringComparer.Ordinal);
    private readonly int[] lengths = [.. names.Select(n => n.Length).Distinct().OrderDescending()];

    public bool IsEmpty => byHash.Count == 0;

    /// <summary>The text with pseudonyms.</summary>
    public string In(string text)
    {
        if (IsEmpty || text.Length == 0)
            return text;
        StringBuilder? result = null;
        var copied = 0;
        for (var at = 0; at < text.Length;)
        {
            if (!BeginsAt(text, at) || PseudonymAt(text, at) is not var (length, pseudonym))
            {
                at++;
                continue;
            }

            (result ??= new()).Append(text, copied, at - copied).Append(pseudonym);
            at = copied = at + length;
        }

        return result is null ? text : result.Append(text, copied, text.Length - copied).ToString();
    }

    /// <summary>The login, or the pseudonym when it is one of these names; a part of a login is another person.</summary>
    public string Login(string login) =>
        lengths.Contains(Pseudonyms.Trim(login).Length) && byHash.TryGetValue(pseudonyms.HashOf(login), out var pseudonym) ? pseudonym : login;

    /// <summary>The item with pseudonyms for people and in texts. What the project names is left: labels, areas, milestone, address.</summary>
    public WorkItem In(WorkItem item) => IsEmpty ? item : item with
    {
        Title = In(item.Title),
        Body = In(item.Body),
        Reporter = Of(item.Reporter),
        Assignees = [.. item.Assignees.Select(p => Of(p)!)],
        History = item.History with
        {
            Comments = Told(item.History.Comments.Select(c => c with { Author = Of(c.Author)!, Body = In(c.Body) })),
            Events = [.. item.History.Events.Select(e => e with { Actor = Of(e.Actor), Value = e.Value is { } value ? In(Login(value)) : null })],
            Reactions = item.History.Reactions with { People = [.. item.History.Reactions.People.Select(p => Of(p)!)] },
        },
    };

    /// <summary>News of a comment that is stored under a pseudonym did not find it there: the later of two at one time by one author is it.</summary>
    private static IReadOnlyList<WorkItemComment> Told(IEnumerable<WorkItemComment> comments) => [.. comments.Reverse().DistinctBy(c => (c.Author, c.At)).Reverse()];

    private Person? Of(Person? person) => person is null || Login(person.Login) is var login && login == person.Login ? person : person with { Login = login };

    private (int Length, string Pseudonym)? PseudonymAt(string text, int at)
    {
        foreach (var length in lengths)
        {
            if (at + length <= text.Length && EndsAt(text, at + length) && byHash.TryGetValue(pseudonyms.HashOf(text.AsSpan(at, length)), out var pseudonym))
                return (length, pseudonym);
        }

        return null;
    }

    private static bool BeginsAt(string text, int at) => Pseudonyms.IsWord(text[at])
        && (at == 0 || !Pseudonyms.IsWord(text[at - 1]) && !(text[at - 1] == '-' && at > 1 && Pseudonyms.IsWord(text[at - 2])));

    private static bool EndsAt(string text, int end) => Pseudonyms.IsWord(text[end - 1])
        && (end == text.Length || !Pseudonyms.IsWord(text[end]) && !(text[end] == '-' && end + 1 < text.Length && Pseudonyms.IsWord(text[end + 1])));
}

/// <param name="Hash">As <see cref="Pseudonyms.HashOf(string)"/> gives it.</param>
/// <param name="Length">Characters of the name, so that only words as long are tried.</param>
public sealed record ErasedName(string Hash, int Length, string Pseudonym);
