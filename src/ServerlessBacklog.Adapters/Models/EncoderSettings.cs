using Microsoft.Extensions.Configuration;
using ServerlessBacklog.Analysis.Text;
using ServerlessBacklog.Triage.Ports;

namespace ServerlessBacklog.Adapters.Models;

/// <summary>Which text encoder is used.</summary>
public static class EncoderSettings
{
    public const string Key = "Triage:Encoder";

    public const string Local = "local";

    private const string Off = "off";

    /// <summary>The encoder; null where it is switched off or this system cannot run it: triage then goes by words alone.</summary>
    /// <exception cref="UserErrorException">The setting is neither of the two.</exception>
    public static ITextEncoder? Open(IConfiguration configuration) => IsOn(configuration) && LocalEncoder.IsAvailable ? new LocalEncoder() : null;

    public static bool IsOn(IConfiguration configuration) => configuration[Key]?.Trim().ToLowerInvariant() switch
    {
        null or "" or Local => true,
        Off => false,
        var other => throw new UserErrorException($"{Key} is '{other}'. Write local (the encoder that is shipped) or off."),
    };
}
