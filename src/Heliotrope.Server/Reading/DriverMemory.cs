using System.Globalization;
using Heliotrope.Core.Drivers;

namespace Heliotrope.Server.Reading;

/// <summary>What this process has learned of why customers write. Nothing of it is kept: it is learned again from the conversations.</summary>
internal sealed class DriverMemory
{
    private volatile DriverModel? _model;

    /// <summary>Why somebody seems to have written.</summary>
    /// <returns>The driver, null for none of those known, and how sure that is; null while nothing has been learned.</returns>
    public (long? Driver, double Sure)? Guess(string text)
    {
        if (_model?.Read(text) is not { } reading)
        {
            return null;
        }

        return (Id(reading.Driver), reading.Sure);
    }

    /// <summary>The words that spoke most for it.</summary>
    public IReadOnlyList<string> Because(string text) => _model?.Read(text).Because ?? [];

    public void Learn(IReadOnlyList<LabelledText> rows) => _model = DriverModel.Train(rows) is { Knows: true } model ? model : null;

    private static long? Id(string? driver) => driver is null ? null : long.Parse(driver, CultureInfo.InvariantCulture);
}
