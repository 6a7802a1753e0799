using ServerlessBacklog.Adapters.Trackers.Files.Mapping;

namespace ServerlessBacklog.Adapters.Trackers.Files.Json;

/// <summary>Looks member names up once each: a file repeats the same few names in every record.</summary>
internal sealed class MemberNames(FileMapping mapping)
{
    private const int MostNames = 1000;

    private readonly Dictionary<string, (Field Field, int Rank)?> found = new(StringComparer.Ordinal);

    public FileMapping Mapping { get; } = mapping;

    public (Field Field, int Rank)? Find(string name)
    {
        if (found.TryGetValue(name, out var known))
            return known;
        var field = Mapping.Field(name);
        if (found.Count < MostNames)
            found.Add(name, field);
        return field;
    }
}
