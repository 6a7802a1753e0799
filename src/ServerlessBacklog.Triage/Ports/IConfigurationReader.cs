using ServerlessBacklog.Triage.Settings.Layers;

namespace ServerlessBacklog.Triage.Ports;

/// <summary>Reads what people wrote into a configuration. Pure: no file, no clock.</summary>
public interface IConfigurationReader
{
    /// <param name="text">YAML.</param>
    /// <param name="source">The place, as errors and explanations name it.</param>
    ConfigurationText Read(string text, string source);
}

/// <param name="Layer">What could be read; nothing of it counts while there are errors.</param>
/// <param name="Errors">Each with its line and how to mend it; empty when all is well.</param>
public sealed record ConfigurationText(ConfigurationLayer Layer, IReadOnlyList<string> Errors);
