import type { PropertyRules } from '../aws/property-rules';

export const STATE_MACHINE: PropertyRules = {
  played: [
    'Definition',
    'DefinitionS3Location',
    'DefinitionString',
    'DefinitionSubstitutions',
    'LoggingConfiguration',
    'RoleArn',
    'StateMachineName',
    'StateMachineType',
    'TracingConfiguration',
  ],
  withoutEffect: ['EncryptionConfiguration', 'Tags'],
};
