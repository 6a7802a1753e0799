using System.Net.Http.Headers;

namespace ServerlessBacklog.Adapters.Trackers.GitHub.Auth;

/// <summary>What proves who we are.</summary>
internal interface ITokenSource
{
    /// <summary>What goes into the header; null to go without.</summary>
    ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellation);

    /// <summary>Forgets what GitHub refused. False when there is nothing else to try.</summary>
    bool Drop(AuthenticationHeaderValue refused);
}

/// <summary>A token that stays as it is, or none.</summary>
internal sealed class FixedToken(string? token) : ITokenSource
{
    private readonly AuthenticationHeaderValue? header = token is null ? null : new AuthenticationHeaderValue("Bearer", token);

    public ValueTask<AuthenticationHeaderValue?> GetAsync(CancellationToken cancellation) => ValueTask.FromResult(header);

    public bool Drop(AuthenticationHeaderValue refused) => false;
}
