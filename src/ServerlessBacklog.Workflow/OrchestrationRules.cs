using System.Buffers;

namespace ServerlessBacklog.Workflow;

/// <summary>
/// What an orchestration must not do although one of the runtimes would let it: checked alike by both adapters, so that a mistake shows
/// on a laptop. One per run of an instance.
/// </summary>
public sealed class OrchestrationRules
{
    /// <summary>Longest id of an instance, children included.</summary>
    public const int MaxId = 400;

    private static readonly SearchValues<char> Unsafe = SearchValues.Create("/\\#?|");

    private readonly HashSet<string> openWaits = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> timedOut = new(StringComparer.OrdinalIgnoreCase);
    private readonly HashSet<string> children = new(StringComparer.Ordinal);

    /// <exception cref="ArgumentException">The id cannot be used on every runtime.</exception>
    public static void CheckId(string id)
    {
        if (id.Length is 0 or > 256 || id[0] == '@' || id.AsSpan().ContainsAny(Unsafe) || id.Any(char.IsControl))
            throw new ArgumentException($"An instance id has 1 to 256 characters, none of / \\ # ? | or a control character, and does not begin with '@': '{id}'.", nameof(id));
    }

    /// <summary>To be called when a wait begins.</summary>
    /// <exception cref="InvalidOperationException">The name is taken, or was waited for in vain.</exception>
    public void BeginWait(string name)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name);
        if (timedOut.Contains(name))
            throw new InvalidOperationException($"The wait for '{name}' has timed out; an event may have been lost since. Name the next ask otherwise.");
        if (!openWaits.Add(name))
            throw new InvalidOperationException($"'{name}' is waited for already. One waiter per name.");
    }

    /// <summary>To be called when a wait ends.</summary>
    public void EndWait(string name, bool inTime)
    {
        openWaits.Remove(name);
        if (!inTime)
            timedOut.Add(name);
    }

    /// <summary>To be called when a child begins.</summary>
    /// <returns>The child's id.</returns>
    /// <exception cref="InvalidOperationException">A child of this key runs.</exception>
    public string BeginChild(string parent, string key)
    {
        if (key.Length == 0 || key.AsSpan().ContainsAny(Unsafe) || key.Any(char.IsControl))
            throw new ArgumentException($"A child's key has no / \\ # ? | and no control characters: '{key}'.", nameof(key));
        var id = $"{parent}{IOrchestrationContext.ChildSeparator}{key}";
        if (id.Length > MaxId)
            throw new ArgumentException($"A child's id has at most {MaxId} characters, this one has {id.Length}. Choose a shorter key than '{key}'.", nameof(key));
        if (!children.Add(key))
            throw new InvalidOperationException($"The child '{key}' of {parent} is running already.");
        return id;
    }

    /// <summary>To be called when a child has ended.</summary>
    public void EndChild(string key) => children.Remove(key);
}
