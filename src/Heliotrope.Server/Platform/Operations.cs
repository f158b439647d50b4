using Heliotrope.Server.Acts;
using Heliotrope.Server.Assignment;
using Heliotrope.Server.Audit;
using Heliotrope.Server.Bulk;
using Heliotrope.Server.Channels;
using Heliotrope.Server.Coach;
using Heliotrope.Server.Confidence;
using Heliotrope.Server.Conversations;
using Heliotrope.Server.Customers;
using Heliotrope.Server.Demo;
using Heliotrope.Server.Drafts;
using Heliotrope.Server.Happiness;
using Heliotrope.Server.Help;
using Heliotrope.Server.Imports;
using Heliotrope.Server.Jump;
using Heliotrope.Server.LifeEvents;
using Heliotrope.Server.Live;
using Heliotrope.Server.Macros;
using Heliotrope.Server.Merging;
using Heliotrope.Server.Notifications;
using Heliotrope.Server.Organisations;
using Heliotrope.Server.Outbox;
using Heliotrope.Server.OwnFields;
using Heliotrope.Server.People;
using Heliotrope.Server.Promises;
using Heliotrope.Server.Quarantine;
using Heliotrope.Server.Reading;
using Heliotrope.Server.Replay;
using Heliotrope.Server.Rules;
using Heliotrope.Server.Search;
using Heliotrope.Server.Segments;
using Heliotrope.Server.Settings;
using Heliotrope.Server.Setup;
using Heliotrope.Server.Shell;
using Heliotrope.Server.Spam;
using Heliotrope.Server.Tags;
using Heliotrope.Server.Teams;
using Heliotrope.Server.Undo;
using Heliotrope.Server.Views;

namespace Heliotrope.Server.Platform;

/// <summary>Everything that can be done, in one list.</summary>
internal static class Operations
{
    public static void AddOperations(this IServiceCollection services)
    {
        services.AddSingleton<ReceiveMail>();
        services.AddSingleton<ListConversations>().AddSingleton<GetConversation>().AddSingleton<GetAttachment>().AddSingleton<Queues>();
        services.AddSingleton<Reply>().AddSingleton<Note>().AddSingleton<Assign>().AddSingleton<Resolve>().AddSingleton<Reopen>();
        services.AddSingleton<Snooze>().AddSingleton<ChangeTags>().AddSingleton<ListTags>().AddSingleton<MarkSpam>().AddSingleton<ChangeBlockedSenders>();
        services.AddSingleton<GiveToTeam>().AddSingleton<SetDriver>().AddSingleton<ListTeams>().AddSingleton<ChangeTeam>().AddSingleton<ChangeDrivers>().AddSingleton<RecountBell>();
        services.AddSingleton<StartConversation>().AddSingleton<SaveDraft>().AddSingleton<AddUploads>().AddSingleton<RemoveUpload>().AddSingleton<GetUpload>().AddSingleton<UndoSend>();
        services.AddSingleton<DraftBell>().AddSingleton<DraftMail>().AddSingleton<SendDraft>().AddSingleton<DraftFiles>().AddSingleton<NewConversationPages>();
        services.AddSingleton<CoachReply>().AddSingleton<SilenceRemark>();
        services.AddSingleton<ComposeMail>().AddSingleton<OutboxBell>().AddSingleton<ListOutbox>().AddSingleton<SendAgain>();
        services.AddSingleton<AskConfidence>().AddSingleton<AnswerConfidence>();
        services.AddSingleton<BePresent>().AddSingleton<WhoIsPresent>();
        services.AddSingleton<HappinessReport>().AddSingleton<HappinessScreen>().AddSingleton<HappinessCsv>();
        services.AddSingleton<ListArticles>().AddSingleton<WriteArticle>().AddSingleton<RemoveArticle>();
        services.AddSingleton<GetCustomer>();
        services.AddSingleton<DriverMemory>().AddSingleton<TakeIn>().AddSingleton<CorrectReading>().AddSingleton<ReadingPages>();
        services.AddSingleton<ChangePromise>().AddSingleton<MakePromise>().AddSingleton<KeepPromise>().AddSingleton<RenegotiatePromise>().AddSingleton<TellFirst>().AddSingleton<SaidInReply>();
        services.AddSingleton<ListPromises>().AddSingleton<Day>();
        services.AddSingleton<ListQuarantine>();
        services.AddSingleton<ListUsers>().AddSingleton<ListApiKeys>().AddSingleton<AddApiKey>().AddScoped<AddUser>();
        services.AddSingleton<ChangeAddresses>().AddSingleton<ChangeSilence>().AddSingleton<ChangeUndo>();
        services.AddSingleton<ListMacros>().AddSingleton<WriteMacro>().AddSingleton<RemoveMacro>().AddSingleton<UseMacro>().AddSingleton<MacroActs>().AddSingleton<MacroEndpoints.Screen>().AddSingleton<Mentionable>();
        services.AddSingleton<Forward>().AddSingleton<ScheduleReply>().AddSingleton<ChangeWaiting>();
        services.AddScoped<CompleteSetup>();
        services.AddSingleton<ChangeUser>().AddSingleton<SayAway>().AddSingleton<OpenDesks>().AddSingleton<ListAudit>().AddSingleton<AssignBell>().AddSingleton<PeopleEndpoints.Screen>();
        services.AddSingleton<PlayHistories>().AddSingleton<LoadDemo>().AddSingleton<RemoveDemo>();
        services.AddSingleton<ListCustomers>().AddSingleton<AddCustomer>().AddSingleton<ChangeCustomer>().AddSingleton<ChangeContacts>().AddSingleton<RecordPurchase>().AddSingleton<RecordEvents>();
        services.AddSingleton<ListOrganisations>().AddSingleton<ChangeOrganisation>().AddSingleton<ChangeFields>().AddSingleton<SetConversationFields>();
        services.AddSingleton<ProfilePages>().AddSingleton<MergeCustomers>().AddSingleton<SplitCustomer>().AddSingleton<ListSegments>().AddSingleton<ChangeSegment>();
        services.AddSingleton<AddImport>().AddSingleton<MapImport>().AddSingleton<ListImports>().AddSingleton<StartImport>().AddSingleton<StopImport>().AddSingleton<RemoveImport>().AddSingleton<ImportBell>();
        services.AddSingleton<ImportFiles>().AddSingleton<ImportReader>().AddSingleton<ReadExport>().AddSingleton<ReadTable>().AddSingleton<ReadMailbox>();
        services.AddSingleton<TakeInConversations>().AddSingleton<TakeInMail>().AddSingleton<ImportBatches>().AddSingleton<ImportWorker>().AddSingleton<ImportDryRuns>().AddSingleton<ImportPages>();
        services.AddSingleton<FindAnything>().AddSingleton<ListSearchValues>();
        services.AddSingleton<TakeBack>().AddSingleton<Merge>().AddSingleton<PreviewMerge>().AddSingleton<Split>().AddSingleton<Move>().AddSingleton<MergingPages>().AddSingleton<PrintConversation>();
        services.AddSingleton<GetLifeEvent>().AddSingleton<OpenLifeEvent>().AddSingleton<ChangeLifeEvent>().AddSingleton<VerifyLifeEvent>().AddSingleton<MarkTrained>().AddSingleton<SayWords>().AddSingleton<FamilyDesk>().AddSingleton<LifeEventEndpoints.Screen>();
        services.AddSingleton<Perform>().AddSingleton<AnswerByRule>().AddSingleton<RunRules>();
        services.AddSingleton<WriteRule>().AddSingleton<RemoveRule>().AddSingleton<ListRules>().AddSingleton<TryRule>().AddSingleton<RulePages>().AddSingleton<UndoRun>();
        services.AddSingleton<FollowConversation>().AddSingleton<ListNotifications>().AddSingleton<ReadNotifications>().AddSingleton<NotificationSettings>().AddSingleton<ChooseNotifications>();
        services.AddSingleton<SwitchOff>().AddSingleton<NotificationMail>().AddSingleton<CountRemarks>().AddSingleton<MePages>().AddSingleton<LookUp>();
        services.AddSingleton<Pages>().AddSingleton<ConversationPages>().AddSingleton<SettingsEndpoints.Screen>().AddSingleton<TeamsEndpoints.Screen>();
        services.AddSingleton<ListViews>().AddSingleton<SaveView>().AddSingleton<RemoveView>().AddSingleton<CountViews>().AddSingleton<ListInView>().AddSingleton<ArrangeViews>().AddSingleton<ViewPages>();
        services.AddSingleton<BulkChange>().AddSingleton<BulkRunner>().AddSingleton<BulkPages>();
    }
}
