namespace ServerlessBacklog.Adapters.Setup;

/// <summary>One setting of the program, as documentation, sample and check know it.</summary>
/// <param name="Key">Its name with colons; in the environment and in app settings <c>__</c> stands for each.</param>
/// <param name="Default">What holds where it is not set, written as one would set it; empty for nothing.</param>
/// <param name="What">What it says, in a sentence.</param>
public sealed record Setting(string Key, string Default, string What)
{
    public SettingKind Kind { get; init; } = SettingKind.Plain;

    /// <summary>True when it takes several values, <c>Key:0</c>, <c>Key:1</c> …</summary>
    public bool IsList { get; init; }

    /// <summary>As environments spell it: <c>GitHub__WebhookSecrets__0</c>.</summary>
    public string EnvironmentName => $"{Key}{(IsList ? ":0" : "")}".Replace(":", "__", StringComparison.Ordinal);

    /// <summary>Whether a key of the configuration is this setting, or one of its values.</summary>
    public bool Is(string key) =>
        key.Equals(Key, StringComparison.OrdinalIgnoreCase)
        || (IsList && key.StartsWith(Key + ":", StringComparison.OrdinalIgnoreCase) && !key[(Key.Length + 1)..].Contains(':'));
}

public enum SettingKind
{
    Plain,

    /// <summary>It is or may hold a secret: on Azure a Key Vault reference, never in a file that is committed.</summary>
    Secret,

    /// <summary>For tests and trials.</summary>
    Trial,
}
