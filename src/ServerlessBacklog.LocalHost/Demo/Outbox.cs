namespace ServerlessBacklog.LocalHost.Demo;

/// <summary>In a demonstration mails become files beside the data: nobody outside this machine is written to.</summary>
internal static class Outbox
{
    public static IReadOnlyDictionary<string, string?> With(string dataDirectory, IReadOnlyDictionary<string, string?>? settings) =>
        new Dictionary<string, string?>(settings ?? new Dictionary<string, string?>()) { ["Notifications:Email:Directory"] = Path.Combine(dataDirectory, "outbox") };
}
