namespace ServerlessBacklog.StandIns;

/// <summary>A rule of the service that a client broke.</summary>
/// <param name="Rule">Which rule, in one clause.</param>
/// <param name="Account">Whom the service counts it to.</param>
/// <param name="Request">Method and path.</param>
public sealed record Breach(DateTimeOffset At, string Rule, string Account, string Request);

/// <summary>A request that changed what people see.</summary>
/// <param name="By">Login or name of who did it.</param>
/// <param name="Body">As it was sent.</param>
/// <param name="Status">What was answered.</param>
public sealed record StandInWrite(DateTimeOffset At, string By, string Method, string Path, string Body, int Status);
