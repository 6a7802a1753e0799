using System.Net.Http.Headers;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Auth;

/// <summary>
/// The token of one installation, good for an hour. It is renewed <see cref="Skew"/> before its end; however many ask at once, one request
/// is made.
/// </summary>
internal sealed class InstallationToken(Func<CancellationToken, Task<IssuedToken>> issue, TimeProvider time) : ITokenSource, IDisposable
{
    public static readonly TimeSpan Skew = TimeSpan.FromMinutes(5);

    private readonly SemaphoreSlim gate = new(1, 1);
    private Held? held;

    public async ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellation)
    {
        if (Current() is { } ready)
            return ready;
        await gate.WaitAsync(cancellation);
        try
        {
            if (Current() is { } meanwhile)
                return meanwhile;
            var token = await issue(cancellation);
            var fresh = new Held(new AuthenticationHeaderValue("Bearer", token.Token), token.ExpiresAt);
            Volatile.Write(ref held, fresh);
            return fresh.Header;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <summary>Only the very token that was refused: another caller may have renewed it already.</summary>
    public bool Drop(AuthenticationHeaderValue refused)
    {
        var now = Volatile.Read(ref held);
        if (now is not null && Equals(now.Header, refused))
            Interlocked.CompareExchange(ref held, null, now);
        return true;
    }

    public void Dispose() => gate.Dispose();

    private AuthenticationHeaderValue? Current() =>
        Volatile.Read(ref held) is { } token && token.ExpiresAt - time.GetUtcNow() > Skew ? token.Header : null;

    private sealed record Held(AuthenticationHeaderValue Header, DateTimeOffset ExpiresAt);
}

internal sealed record IssuedToken(string Token, DateTimeOffset ExpiresAt);
