using System.Security.Cryptography;
using System.Text.Json;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Triage.People;

/// <summary>Everybody who is known. Who is who stands here and is guessed nowhere: equal logins of two trackers may be two people.</summary>
public sealed class PeopleDirectory
{
    private readonly Dictionary<string, PersonRecord> byIdentity = new(StringComparer.OrdinalIgnoreCase);

    /// <exception cref="UserErrorException">Two records claim one name or identity.</exception>
    public PeopleDirectory(IReadOnlyList<PersonRecord> people)
    {
        People = people;
        Version = people.Count == 0 ? "" : Convert.ToHexStringLower(SHA256.HashData(JsonSerializer.SerializeToUtf8Bytes(people)).AsSpan(0, 8));
        var names = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        foreach (var person in people)
        {
            if (!names.Add(person.Name))
                throw new UserErrorException($"'{person.Name}' stands there twice. Merge the two, or tell them apart by name.");
            foreach (var system in Systems)
            {
                if (person.In(system) is { } login && !byIdentity.TryAdd(KeyOf(system, login), person))
                {
                    throw new UserErrorException(
                        $"'{person.Name}' and '{byIdentity[KeyOf(system, login)].Name}' both claim {system} '{login}'. It belongs to one of them: take it from the other.");
                }
            }
        }
    }

    public static PeopleDirectory Empty { get; } = new([]);

    /// <summary>The systems of which a record holds names.</summary>
    public static IReadOnlyList<string> Systems { get; } = ["github", "azuredevops", "entra", "slack", "mail"];

    public IReadOnlyList<PersonRecord> People { get; }

    /// <summary>Names the content; empty for nobody.</summary>
    public string Version { get; }

    /// <summary>Who has this login in that system, whatever its case; null when no record says so.</summary>
    public PersonRecord? Find(string system, string login) => byIdentity.GetValueOrDefault(KeyOf(system, login));

    private static string KeyOf(string system, string login) => $"{system}:{login}";
}
