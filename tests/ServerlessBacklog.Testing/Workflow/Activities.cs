using ServerlessBacklog.Workflow;

namespace ServerlessBacklog.Testing.Workflow;

/// <summary>Returns what it is given.</summary>
public sealed class Echo(Executions executions, ScopeMark scope) : IActivity<string, string>
{
    public static readonly ActivityRef<string, string> Ref = new(nameof(Echo), RetryPolicy.Default);

    public Task<string> RunAsync(string input, CancellationToken cancellation)
    {
        executions.Add(new Execution(nameof(Echo), input, scope.Id));
        return Task.FromResult(input);
    }
}

/// <param name="Key">Tells calls apart.</param>
/// <param name="Attempt">The first attempt that succeeds, from 1 on.</param>
public sealed record Unreliable(string Key, int Attempt);

/// <summary>Fails until it is attempted for the n-th time; returns how many attempts there were.</summary>
public sealed class FailsUntil(Executions executions, ScopeMark scope) : IActivity<Unreliable, int>
{
    /// <summary>Four attempts: 2, 4 and 8 s apart.</summary>
    public static readonly ActivityRef<Unreliable, int> Ref = new(nameof(FailsUntil), new RetryPolicy(4, TimeSpan.FromSeconds(2)));

    public static readonly ActivityRef<Unreliable, int> TriedOnce = Ref with { Retry = new RetryPolicy(1, TimeSpan.Zero) };

    public async Task<int> RunAsync(Unreliable input, CancellationToken cancellation)
    {
        var attempt = executions.Add(new Execution(nameof(FailsUntil), input.Key, scope.Id));
        await Task.Yield();
        return attempt >= input.Attempt
            ? attempt
            : throw new TimeoutException($"The tracker did not answer attempt {attempt} of {input.Key}.");
    }
}

/// <summary>Its first attempt lasts until it is cancelled; a later one returns at once.</summary>
public sealed class Blocks(Executions executions, ScopeMark scope) : IActivity<string, string>
{
    public static readonly ActivityRef<string, string> Ref = new(nameof(Blocks), RetryPolicy.Default);

    public async Task<string> RunAsync(string input, CancellationToken cancellation)
    {
        if (executions.Add(new Execution(nameof(Blocks), input, scope.Id)) == 1)
            await Task.Delay(Timeout.InfiniteTimeSpan, cancellation);
        return input;
    }
}

/// <summary>Returns a text of so many characters, few of them ASCII.</summary>
public sealed class Writes(Executions executions, ScopeMark scope) : IActivity<int, string>
{
    public static readonly ActivityRef<int, string> Ref = new(nameof(Writes), new RetryPolicy(1, TimeSpan.Zero));

    public Task<string> RunAsync(int input, CancellationToken cancellation)
    {
        executions.Add(new Execution(nameof(Writes), $"{input}", scope.Id));
        return Task.FromResult(Texts.Of(input));
    }
}

/// <summary>Activities that a program has under another type, or not at all.</summary>
public static class Misnamed
{
    /// <summary>A text comes back where a number is expected.</summary>
    public static readonly ActivityRef<string, int> EchoAsNumber = new(Echo.Ref.Name, new RetryPolicy(1, TimeSpan.Zero));

    public static readonly ActivityRef<string, string> Unlisted = new("Unlisted", new RetryPolicy(1, TimeSpan.Zero));
}

/// <summary>One per dependency injection scope.</summary>
public sealed class ScopeMark(Executions executions) : IDisposable
{
    public Guid Id { get; } = Guid.NewGuid();

    public void Dispose() => executions.EndScope(Id);
}

/// <summary>Long texts, most of whose characters take two or three bytes.</summary>
public static class Texts
{
    private const string Piece = "Größe «ändern» – 待辦事項の優先順位、Список задач. ";

    public static string Of(int length) =>
        string.Create(length, Piece, static (text, piece) =>
        {
            for (var i = 0; i < text.Length; i++)
                text[i] = piece[i % piece.Length];
        });
}
