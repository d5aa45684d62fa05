import { language } from './language.js';
import { store } from './store.js';
import './parts/dashboard.js';

language.start();
store.start();
