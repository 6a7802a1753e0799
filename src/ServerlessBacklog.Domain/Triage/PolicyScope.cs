using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;
using ServerlessBacklog.Domain.Items;

namespace ServerlessBacklog.Domain.Triage;

/// <summary>
/// Part of a backlog in which steps may go less or further than elsewhere: by area, label and share of the items. What is left empty leaves
/// nothing out; an item has to meet all that is given.
/// </summary>
public sealed record PolicyScope
{
    /// <summary>Names the scope for people; the share of its items hangs on it, so that two scopes of ten percent hold different items.</summary>
    public required string Name { get; init; }

    /// <summary>Areas, in any case; <c>A\B</c> holds <c>A\B\C</c> as well.</summary>
    public IReadOnlyList<string> Areas { get; init; } = [];

    /// <summary>Labels, in any case; one of them is enough.</summary>
    public IReadOnlyList<string> Labels { get; init; } = [];

    /// <summary>Share of the items, 0…100; default 100. Raised, it keeps those that it held before.</summary>
    public int Percent { get; init; } = 100;

    /// <summary>How far steps may go here; those that are not named go as far as elsewhere.</summary>
    public IReadOnlyDictionary<string, Autonomy> Steps { get; init; } = new Dictionary<string, Autonomy>();

    public bool Holds(WorkItem item) =>
        (Areas.Count == 0 || item.Areas.Any(a => Areas.Any(mine => IsWithin(a, mine))))
        && (Labels.Count == 0 || Labels.Any(item.HasLabel))
        && (Percent >= 100 || ShareOf(item.Ref) < Percent);

    private static bool IsWithin(string area, string mine) =>
        area.StartsWith(mine, StringComparison.OrdinalIgnoreCase) && (area.Length == mine.Length || area[mine.Length] == '\\' || mine.EndsWith('\\'));

    /// <summary>Where the item lies among a hundred; the same in every process and at any time.</summary>
    private uint ShareOf(WorkItemRef item) =>
        BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes($"{Name}\n{item}"))) % 100;
}
