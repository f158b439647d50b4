namespace Heliotrope.Server.Settings;

/// <summary>What is set rather than done: a change is told to every process, which then reads it anew.</summary>
internal interface IOrganisationSetting;
