using System.Text;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Primitives;
using ServerlessBacklog.Triage.People;
using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Adapters.Pages;

/// <summary>A request for a page, as the hosts hand it on.</summary>
/// <param name="Method"><c>GET</c>, <c>HEAD</c> or <c>POST</c>.</param>
/// <param name="Path">Path below <see cref="BasePath"/> as it stands in the address, escapes and all: <c>/backlogs/owner/repo/items</c>.</param>
/// <param name="Client">Speaks to the runtime of this host.</param>
public sealed record PageCall(string Method, string Path, IOrchestrationClient Client)
{
    /// <summary>Bytes of the longest form that a host reads; a longer one is answered with 413.</summary>
    public const int MaxBody = 256 * 1024;

    /// <summary>What stands before every path of ours: empty, or <c>/x</c> without a slash at its end.</summary>
    public string BasePath { get; init; } = "";

    /// <summary>As it stands in the address, with or without its question mark.</summary>
    public string Query { get; init; } = "";

    /// <summary>How browsers name this host: <c>https://backlog.example</c>.</summary>
    public required string Origin { get; init; }

    /// <summary>Who is signed in; null when nobody is. Then no page is shown but the one on which people sign in.</summary>
    public PagePerson? Person { get; init; }

    /// <summary>Ways to sign in on this host.</summary>
    public IReadOnlyList<PageLink> SignIns { get; init; } = [];

    /// <summary>A header by name, whatever its case; null when it is not there.</summary>
    public Func<string, string?> Header { get; init; } = _ => null;

    /// <summary>The form as it came; empty without one.</summary>
    public ReadOnlyMemory<byte> Body { get; init; }

    /// <summary>Pages that this host has beside ours.</summary>
    public IReadOnlyList<PageLink> Links { get; init; } = [];

    /// <summary>A value of the query by name; null when it is not there or empty.</summary>
    public string? Asked(string name) => Queried.TryGetValue(name, out var values) && values is [.., { Length: > 0 } last] ? last : null;

    /// <summary>Every value of a name of the query.</summary>
    public IReadOnlyList<string> AskedAll(string name) => Queried.TryGetValue(name, out var values) ? [.. values.OfType<string>().Where(v => v.Length > 0)] : [];

    public string? Cookie(string name) => Header("Cookie")?.Split([';', ','], StringSplitOptions.TrimEntries)
        .Where(c => c.StartsWith($"{name}=", StringComparison.Ordinal)).Select(c => c[(name.Length + 1)..]).FirstOrDefault();

    internal Dictionary<string, StringValues> ReadForm() => QueryHelpers.ParseQuery(Encoding.UTF8.GetString(Body.Span));

    internal bool IsForm => Header("Content-Type")?.StartsWith("application/x-www-form-urlencoded", StringComparison.OrdinalIgnoreCase) == true;

    private Dictionary<string, StringValues> Queried => field ??= QueryHelpers.ParseQuery(Query);
}

/// <summary>Who looks at the pages.</summary>
/// <param name="Login">As they are greeted.</param>
public sealed record PagePerson(string Login)
{
    /// <summary>True for whoever sits at the machine of a local host, who needs no right in the tracker.</summary>
    public bool IsOperator { get; init; }

    /// <summary>What proves who it is; the directory of people tells who that is in a tracker. Null for an operator.</summary>
    public SignedInPerson? SignedIn { get; init; }

    public static PagePerson Of(SignedInPerson person) => new(person.Shown) { SignedIn = person };
}

/// <param name="Path">Below the base path.</param>
public sealed record PageLink(string Name, string Path);
